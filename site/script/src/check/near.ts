// A word and those that are known come in; which of them is meant goes out, if it can be told: as `near.rs` and
// `nearest.rs` of the tool decide it.

const LONG = 200;
const NEAREST = 3;
const LETTERS = 64;
const KNOWN = 1000;

/** A name as people compare it: without case, and without what separates its words. */
export function fold(name: string): string {
  return name.replace(/[^\p{Alphabetic}\p{N}]/gu, "").toLowerCase();
}

/** How near a word is: 0 where only case and separators differ, else so many letters. */
export interface Meant {
  readonly word: string;
  readonly letters: number;
}

/** The one known word that is meant, if one is nearest and near enough. */
export function meant(word: string, known: Iterable<string>): Meant | undefined {
  if (bytes(word) > LONG) return undefined;
  const folded = fold(word);
  let best: Meant | undefined;
  let isTied = false;
  for (const other of known) {
    const letters = bytes(other) > LONG ? undefined : nearness(word, folded, other);
    if (letters === undefined) continue;
    if (best?.letters === letters && best.word !== other) isTied = true;
    if (best === undefined || letters < best.letters) {
      best = { word: other, letters };
      isTied = false;
    }
  }
  return isTied ? undefined : best;
}

function nearness(word: string, folded: string, other: string): number | undefined {
  const otherFolded = fold(other);
  if (folded === otherFolded) return 0;
  const [one, two] = [[...folded], [...otherFolded]];
  const allowed = allowedIn(Math.max(one.length, two.length));
  if (Math.abs(bytes(folded) - bytes(otherFolded)) > 4 * allowed) return undefined;
  const letters = Math.max(distance(one, two), word === other ? 0 : 1);
  return letters <= allowed ? letters : undefined;
}

/** How many letters may differ in a word of so many. */
function allowedIn(length: number): number {
  if (length <= 3) return 0;
  if (length <= 7) return 1;
  return length <= 19 ? 2 : 3;
}

/** `did you mean StepStatus, StepName or Status?` */
export function didYouMean(name: string, known: Iterable<string>): string | undefined {
  const start = (text: string) => [...fold(text)].slice(0, LETTERS);
  const letters = start(name);
  const all = [...known].slice(0, KNOWN).map((other) => [distance(letters, start(other)), other] as const);
  all.sort(([near, one], [far, other]) => near - far || compare(one, other));
  const names = [...new Set(all.map(([, other]) => other))].slice(0, NEAREST);
  const last = names.pop();
  if (last === undefined) return undefined;
  return `did you mean ${names.length === 0 ? last : `${names.join(", ")} or ${last}`}?`;
}

/** Strings in the order of their bytes. */
export function compare(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at]?.codePointAt(0) ?? 0) - (b[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

const bytes = (text: string) => new TextEncoder().encode(text).length;

/** Letters that are put in, left out, replaced or exchanged (Damerau, Levenshtein). */
export function distance(one: readonly string[], other: readonly string[]): number {
  const width = other.length + 2;
  const most = one.length + other.length;
  const table = new Int32Array((one.length + 2) * width);
  const at = (i: number, j: number) => table[(i + 1) * width + j + 1] ?? most;
  table.fill(most, 0, width);
  for (let i = 0; i <= one.length; i += 1) {
    table[(i + 1) * width] = most;
    table[(i + 1) * width + 1] = i;
  }
  for (let j = 0; j <= other.length; j += 1) table[width + j + 1] = j;
  const last = new Map<string | undefined, number>();
  for (let i = 1; i <= one.length; i += 1) {
    let same = 0;
    for (let j = 1; j <= other.length; j += 1) {
      const before = last.get(other[j - 1]) ?? 0;
      const isSame = one[i - 1] === other[j - 1];
      const swapped = at(before - 1, same - 1) + (i - before - 1) + 1 + (j - same - 1);
      table[(i + 1) * width + j + 1] = Math.min(
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        at(i, j - 1) + 1,
        at(i - 1, j) + 1,
        swapped,
      );
      if (isSame) same = j;
    }
    last.set(one[i - 1], i);
  }
  return at(one.length, other.length);
}
