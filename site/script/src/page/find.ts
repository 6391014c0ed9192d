// The events and what a reader types come in; the events that are meant go out, the nearest first, each with what of it
// was found.

import type { Entry, FoundField } from "../catalogue.ts";
import { distance, fold } from "../check/near.ts";

/** How much it says of an event that a text of it was found. */
const WEIGHTS = { name: 1.2, type: 1.1, value: 0.95, field: 0.9, source: 0.6, text: 0.4 };

/** How near a text is to what was typed. */
const SAME = 110;
const EXACT = 100;
const PREFIX = 80;
const WORDS = 65;
const INSIDE = 45;
const MISSPELT = 20;

/** Shorter words are not searched for with letters amiss. */
const LONG = 5;

type Kind = keyof typeof WEIGHTS;

/** A text that is searched in: many events have the same. */
interface Term {
  readonly text: string;
  readonly folded: string;
  readonly words: readonly string[];
}

/** Where a term stands in an event. */
interface Use {
  readonly term: Term;
  readonly kind: Kind;
  /** Of what stands deep in an event, less. */
  readonly weight: number;
  readonly field?: FoundField;
  readonly value?: string;
}

/** What of an event was found. */
export interface Match {
  readonly kind: Kind;
  readonly field: FoundField | undefined;
  readonly value: string | undefined;
}

export interface Found {
  readonly entry: Entry;
  readonly score: number;
  /** What says most, its name and detail-type apart; none where these are all. */
  readonly match: Match | undefined;
}

export class Index {
  private readonly terms = new Map<string, Term>();
  private readonly uses: readonly { entry: Entry; uses: Use[] }[];

  constructor(entries: readonly Entry[]) {
    this.uses = entries.map((entry) => ({ entry, uses: this.usesOf(entry) }));
  }

  private usesOf(entry: Entry): Use[] {
    const whole = (text: string, kind: Kind): Use => ({ term: this.term(text), kind, weight: WEIGHTS[kind] });
    const uses = [
      whole(entry.name, "name"),
      whole(entry.detailType, "type"),
      whole(entry.source, "source"),
      whole(entry.text, "text"),
    ];
    for (const field of entry.fields) {
      const [path, , values] = field;
      const steps = path.split(".");
      const use = (text: string, kind: Kind, more = {}): Use => {
        return { term: this.term(text), kind, weight: WEIGHTS[kind] - steps.length / 100, field, ...more };
      };
      uses.push(use(steps.at(-1) ?? "", "field"), use(path, "field"));
      for (const value of values) uses.push(use(value, "value", { value }));
    }
    return uses;
  }

  private term(text: string): Term {
    const known = this.terms.get(text);
    if (known !== undefined) return known;
    const term = { text, folded: fold(text), words: wordsOf(text) };
    this.terms.set(text, term);
    return term;
  }

  /** The events in which all words are found. */
  find(query: string): Found[] {
    const words = query.split(/\s+/).filter((word) => fold(word) !== "");
    if (words.length === 0) return [];
    const scores = words.map((word) => this.scores(word));
    // Words that stand together as they were typed say more than the same words apart.
    const together = words.length > 1 ? this.near(query.trim()) : new Map<Term, number>();
    const found = this.uses.flatMap(({ entry, uses }) => foundIn(entry, uses, scores, together) ?? []);
    return found.sort((one, other) => other.score - one.score);
  }

  /** How near the terms are to a word: those with letters amiss only where nothing else is. */
  private scores(word: string): Map<Term, number> {
    const near = this.near(word);
    const token = fold(word);
    return near.size > 0 || token.length < LONG ? near : this.misspelt(token);
  }

  private near(typed: string): Map<Term, number> {
    const token = fold(typed);
    const all = new Map<Term, number>();
    for (const term of this.terms.values()) {
      const score = term.text === typed ? SAME : scoreOf(token, term);
      if (score > 0) all.set(term, score);
    }
    return all;
  }

  private misspelt(token: string): Map<Term, number> {
    const letters = [...token];
    const allowed = letters.length < 8 ? 1 : 2;
    const near = new Map<string, boolean>();
    const isNear = (word: string) => {
      let answer = near.get(word);
      if (answer === undefined) {
        answer = mayBeNear(token, word, allowed) && distance(letters, [...word]) <= allowed;
        near.set(word, answer);
      }
      return answer;
    };
    const all = new Map<Term, number>();
    for (const term of this.terms.values()) {
      if (isNear(term.folded) || term.words.some(isNear)) all.set(term, MISSPELT);
    }
    return all;
  }
}

type Scores = ReadonlyMap<Term, number>;

/** Whether so few letters may differ: which takes far less time to see than which ones do. */
function mayBeNear(one: string, other: string, allowed: number): boolean {
  if (Math.abs(one.length - other.length) > allowed) return false;
  let different = lettersOf(one) ^ lettersOf(other);
  let count = 0;
  for (; different !== 0; different &= different - 1) count += 1;
  return count <= 2 * allowed;
}

/** Which letters a word has, a bit for each; some share one. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function foundIn(entry: Entry, uses: readonly Use[], scores: readonly Scores[], together: Scores): Found | undefined {
  let total = Math.max(...uses.map(({ term, weight }) => (together.get(term) ?? 0) * weight));
  let match: Match | undefined;
  let most = 0;
  for (const token of scores) {
    let best = 0;
    let named = 0;
    let inside: Use | undefined;
    for (const use of uses) {
      const score = (token.get(use.term) ?? 0) * use.weight;
      if (use.kind === "name" || use.kind === "type") named = Math.max(named, score);
      if (score <= best) continue;
      best = score;
      inside = use;
    }
    if (best === 0 || inside === undefined) return undefined;
    total += best;
    if (best > named && best > most) {
      most = best;
      match = { kind: inside.kind, field: inside.field, value: inside.value };
    }
  }
  return { entry, score: total, match };
}

function scoreOf(token: string, { folded, words }: Term): number {
  if (folded === token) return EXACT;
  // Of two that begin so, the shorter is nearer.
  if (folded.startsWith(token)) return PREFIX + (10 * token.length) / folded.length;
  const start = words.findIndex((_, index) => isOfWords(token, words, index));
  if (start >= 0) return WORDS + (start === 0 ? 10 : 0) + (5 * token.length) / folded.length;
  return token.length > 1 && folded.includes(token) ? INSIDE : 0;
}

/** Whether what was typed is the beginnings of words that follow each other: `trainjob` of Training Job. */
function isOfWords(token: string, words: readonly string[], index: number): boolean {
  if (token === "") return true;
  const word = words[index];
  if (word === undefined) return false;
  let same = 0;
  while (same < word.length && same < token.length && word[same] === token[same]) same += 1;
  for (let taken = same; taken > 0; taken -= 1) {
    if (isOfWords(token.slice(taken), words, index + 1)) return true;
  }
  return false;
}

/** `training`, `job`, `ARN` → `arn` of `TrainingJobARN`. */
const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}]+|\p{N}+/gu;

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

/** Where in a text what was typed stands: from, to. */
export function ranges(query: string, text: string): [from: number, to: number][] {
  const tokens = query
    .split(/\s+/)
    .map(fold)
    .filter((token) => token !== "");
  const all = tokens.flatMap((token) => rangesOf(token, text));
  return all
    .sort(([one], [other]) => one - other)
    .filter(([from], index) => index === 0 || from >= (all[index - 1]?.[1] ?? 0));
}

function rangesOf(token: string, text: string): [number, number][] {
  const places: number[] = [];
  let folded = "";
  let at = 0;
  for (const letter of text) {
    const kept = fold(letter);
    folded += kept;
    places.push(...Array.from({ length: kept.length }, () => at));
    at += letter.length;
  }
  const start = folded.indexOf(token);
  if (start >= 0) return [[places[start] ?? 0, (places[start + token.length - 1] ?? 0) + 1]];
  return rangesOfWords(token, [...text.matchAll(WORD)]);
}

function rangesOfWords(token: string, words: readonly RegExpMatchArray[]): [number, number][] {
  const texts = words.map(([word]) => word.toLowerCase());
  let index = texts.findIndex((_, start) => isOfWords(token, texts, start));
  const all: [number, number][] = [];
  let rest = index < 0 ? "" : token;
  while (rest !== "" && index < texts.length) {
    const word = texts[index] ?? "";
    let taken = 0;
    while (taken < word.length && taken < rest.length && word[taken] === rest[taken]) taken += 1;
    const from = words[index]?.index ?? 0;
    all.push([from, from + taken]);
    rest = rest.slice(taken);
    index += 1;
  }
  return all;
}
