// A pattern and events come in; a fragment that carries them goes out, and back: a browser sends no fragment anywhere.

/** What a link carries. */
export interface Shared {
  readonly pattern: string;
  /** Each by its file, if it is a sample of the catalogue, or as its text. */
  readonly events: readonly ({ readonly name: string } | { readonly text: string })[];
}

/** Links that carry more are not read. */
const MOST = 4_000_000;

/** `s=…` */
export async function toFragment(shared: Shared): Promise<string> {
  const text = new Blob([JSON.stringify(shared)]);
  const packed = await new Response(text.stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer();
  const letters = Array.from(new Uint8Array(packed), (byte) => String.fromCharCode(byte)).join("");
  return `s=${btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}

/** What a fragment carries; `undefined` if it carries nothing that can be read. */
export async function ofFragment(fragment: string): Promise<Shared | undefined> {
  const packed = /^#?s=([\w-]+)$/.exec(fragment)?.[1];
  if (packed === undefined) return undefined;
  try {
    const letters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    return sharedOf(JSON.parse(await unpacked(bytes)));
  } catch {
    return undefined; // a link that was cut, or is no link of ours
  }
}

async function unpacked(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("deflate-raw"))
    .pipeThrough(new TextDecoderStream())
    .getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length > MOST) throw new Error("too long");
  }
}

function sharedOf(value: unknown): Shared | undefined {
  if (!isRecord(value) || typeof value.pattern !== "string" || !Array.isArray(value.events)) return undefined;
  const events: readonly unknown[] = value.events;
  return { pattern: value.pattern, events: events.flatMap((event) => eventOf(event) ?? []) };
}

function eventOf(value: unknown): Shared["events"][number] | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value.name === "string") return { name: value.name };
  return typeof value.text === "string" ? { text: value.text } : undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
