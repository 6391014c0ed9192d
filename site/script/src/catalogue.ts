// What the pages know of events, as classic scripts that are loaded when they are needed: `catalogue.search([…])` and
// `catalogue.event({…})` in them hand it over. That works from a folder, where nothing can be fetched.

/** A field in the search: its path as patterns name it, its place on the event's page, its known values. */
export type FoundField = readonly [path: string, id: string, values: readonly string[]];

/** An event in the search. */
export interface Entry {
  readonly name: string;
  readonly detailType: string;
  readonly source: string;
  readonly group: string;
  /** Of its page, from the root of the site. */
  readonly url: string;
  readonly text: string;
  readonly fields: readonly FoundField[];
}

export type Type =
  | "any"
  | "boolean"
  | "integer"
  | "number"
  | "string"
  /** An instant: whether events write it as text, as a number. */
  | { readonly time: readonly [text: boolean, number: boolean] }
  | { readonly list: Type }
  | { readonly map: Type }
  | { readonly named: string }
  | { readonly oneOf: readonly Type[] };

export interface Field {
  readonly key: string;
  /** In the detail, arrays with `[]`. */
  readonly path: string;
  readonly type: Type;
  readonly required: boolean;
  readonly text?: string;
  /** The kinds that events showed, whatever the type says. */
  readonly kinds: readonly ("string" | "number" | "boolean")[];
  /** Texts that events showed, and be they a page's stand-ins. */
  readonly shown: readonly string[];
}

export type Body = { readonly fields: readonly Field[] } | { readonly values: readonly string[] };

/** An event as the tester needs it. */
export interface EventData {
  readonly name: string;
  readonly detailType: string;
  readonly source: string;
  readonly url: string;
  /** Whether pages or deliveries show it, not the registry alone. */
  readonly documented: boolean;
  /** A whole event, as JSON. */
  readonly sample: string | null;
  /** None: it is known by name alone. */
  readonly detail: readonly Field[];
  /** What `named` types mean. */
  readonly definitions: readonly (readonly [name: string, body: Body])[];
}

declare global {
  interface Window {
    catalogue?: {
      search: (entries: readonly Entry[]) => void;
      event: (event: EventData) => void;
    };
  }
}

/** The root of the site, as this page names it: ends with a slash, or is empty. */
export function root(): string {
  const named = document.documentElement.dataset.root ?? "";
  return named === "" || named.endsWith("/") ? named : `${named}/`;
}

let entries: Promise<readonly Entry[]> | undefined;
const events = new Map<string, Promise<EventData>>();

/** All events, as the search knows them. */
export function allEntries(): Promise<readonly Entry[]> {
  entries ??= handedOver("assets/search.js", () => searched);
  return entries;
}

/** What the files of an event are called: its name, where a file can be called so. */
export function fileOf({ url }: { readonly url: string }): string {
  return url.replace(/^events\//, "").replace(/\.html$/, "");
}

/** An event with its fields. */
export function eventOf(entry: { readonly url: string }): Promise<EventData> {
  const { url } = entry;
  let event = events.get(url);
  if (event === undefined) {
    event = handedOver(`assets/events/${fileOf(entry)}.js`, () => read.get(url));
    events.set(url, event);
  }
  return event;
}

let searched: readonly Entry[] | undefined;
const read = new Map<string, EventData>();

/** Loads a script, and gives what it handed over. */
function handedOver<T>(path: string, taken: () => T | undefined): Promise<T> {
  window.catalogue ??= {
    search: (all) => {
      searched = all;
    },
    event: (event) => {
      read.set(event.url, event);
    },
  };
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    const fail = () => {
      reject(new Error(`${path} cannot be loaded`));
    };
    script.src = root() + path;
    script.onerror = fail;
    script.onload = () => {
      const value = taken();
      if (value === undefined) fail();
      else resolve(value);
    };
    document.head.append(script);
  });
}
