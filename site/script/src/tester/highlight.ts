// The text of a JSON document and marks on it come in; the same text in spans goes out: also where it is no JSON yet.

import { element } from "../page/element.ts";

/** Texts that are longer stay plain: painting them would take longer than typing. */
const LONG = 200_000;

/** A part of the text that is to be seen: what is wrong there, what does not fit. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly name: "error" | "warning" | "miss";
}

const TOKEN = /("(?:[^"\\\n]|\\.)*"?)(\s*:)?|-?\d[\d.eE+-]*|\b(?:true|false|null)\b/g;

/** The text as nodes: a span for each key, string, number and word, and for each mark. */
export function highlighted(text: string, marks: readonly Mark[]): (Node | string)[] {
  if (text.length > LONG) return [text];
  const nodes: (Node | string)[] = [];
  let at = 0;
  const plain = (end: number) => {
    nodes.push(...pieces(text, at, end, "", marks));
    at = end;
  };
  for (const token of text.matchAll(TOKEN)) {
    plain(token.index);
    const end = token.index + (token[1] ?? token[0]).length;
    nodes.push(...pieces(text, at, end, kindOf(token), marks));
    at = end;
  }
  plain(text.length);
  return nodes;
}

function kindOf([whole, string, colon]: RegExpMatchArray): string {
  if (string !== undefined) return colon === undefined ? "json-string" : "json-key";
  return /^[-\d]/.test(whole) ? "json-number" : "json-word";
}

/** A part of the text, cut where marks begin and end. */
function pieces(text: string, from: number, to: number, kind: string, marks: readonly Mark[]): (Node | string)[] {
  const own = marks.filter(({ start, end }) => start < to && end > from);
  const cuts = new Set([from, to, ...own.flatMap(({ start, end }) => [start, end])]);
  const places = [...cuts].filter((place) => place >= from && place <= to).sort((one, other) => one - other);
  return places.slice(1).map((end, index) => {
    const start = places[index] ?? from;
    const names = own.filter((mark) => mark.start <= start && mark.end >= end).map(({ name }) => `mark-${name}`);
    const classes = [kind, ...names].filter((name) => name !== "").join(" ");
    const part = text.slice(start, end);
    return classes === "" ? part : element("span", { class: classes }, part);
  });
}
