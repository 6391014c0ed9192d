// A pattern that is being typed, and where, comes in; what stands there goes out: a key or a value, of which field.
// The text before the caret alone is looked at, as it need not be JSON.

/** What can be written at the caret. */
export interface Caret {
  /** The keys that lead to the object or array that the caret is in. */
  readonly path: readonly string[];
  readonly place: "key" | "value" | "item";
  /** What is typed of it already, without its quote. */
  readonly typed: string;
  /** Where it begins, and how far what is written takes the place of what is there. */
  readonly start: number;
  readonly end: number;
  /** The keys that stand before it in its object. */
  readonly before: readonly string[];
  /** Whether a colon follows, so that the key has its value. */
  readonly hasColon: boolean;
}

interface Open {
  readonly kind: "{" | "[";
  key: string | undefined;
  readonly keys: string[];
  /** In an object: whether the colon was written. */
  isValue: boolean;
}

const TOKEN = /"((?:[^"\\\n]|\\.)*)("|$|(?=\n))|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The text before the caret as it may end: what is typed there left out, what is open closed. */
export function closed(text: string, offset: number): string {
  const { open, start } = scan(text, offset);
  const ends = open.map(({ kind }) => (kind === "[" ? "]" : "}"));
  const isMissing = open.at(-1)?.isValue === true && /:\s*$/.test(text.slice(0, start));
  return `${text.slice(0, start)} ${isMissing ? "[]" : ""}${ends.reverse().join("")}`;
}

/** What stands at an offset; `undefined` where nothing can be written, as outside of the object. */
export function caretAt(text: string, offset: number): Caret | undefined {
  const { open, start, typed } = scan(text, offset);
  return found(text, offset, open, start, typed);
}

/** What is open before an offset, and what is typed there. */
function scan(text: string, offset: number): { open: Open[]; start: number; typed: string } {
  const open: Open[] = [];
  let typed = "";
  let start = offset;
  for (const token of text.slice(0, offset).matchAll(TOKEN)) {
    const [whole, inner, quote] = token;
    const ends = token.index + whole.length;
    if (inner === undefined && /^[{}[\],:]$/.test(whole)) {
      step(open, whole);
    } else if (ends === offset && quote !== '"') {
      start = token.index;
      typed = inner ?? whole;
    } else {
      const top = open.at(-1);
      if (top?.kind === "{" && !top.isValue) top.key = inner ?? whole;
    }
  }
  return { open, start, typed };
}

function step(open: Open[], token: string) {
  const top = open.at(-1);
  if (token === "{" || token === "[") open.push({ kind: token, key: undefined, keys: [], isValue: false });
  else if (token === "}" || token === "]") open.pop();
  else if (token === ":" && top !== undefined) {
    top.isValue = true;
    if (top.key !== undefined) top.keys.push(top.key);
  } else if (token === "," && top !== undefined) [top.key, top.isValue] = [undefined, false];
}

function found(text: string, offset: number, open: readonly Open[], start: number, typed: string): Caret | undefined {
  const top = open.at(-1);
  if (top === undefined) return undefined;
  const place = top.kind === "[" ? "item" : top.isValue ? "value" : "key";
  const outer = place === "key" ? open.slice(0, -1) : open;
  const path = outer.flatMap(({ kind, key }) => (kind === "{" && key !== undefined ? [key] : []));
  // The rest of a string that the caret stands in.
  const isString = text.charAt(start) === '"';
  const rest = isString ? /^(?:[^"\\\n{}[\],:]|\\.)*"?/.exec(text.slice(offset))?.[0] : undefined;
  const end = offset + (rest?.length ?? 0);
  return { path, place, typed, start, end, before: top.keys, hasColon: /^\s*:/.test(text.slice(end)) };
}
