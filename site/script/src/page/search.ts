// The search field: what is typed is looked for in events, fields and values; `/` leads to it, arrows and Enter from it.

import { type Entry, allEntries, root } from "../catalogue.ts";
import { element } from "./element.ts";
import { type Found, Index, ranges } from "./find.ts";

/** How many events are shown. */
const SHOWN = 20;

export function startSearch() {
  const input = document.getElementById("search");
  const results = document.getElementById("search-results");
  if (input instanceof HTMLInputElement && results !== null) new Search(input, results);
}

class Search {
  private index: Index | undefined;
  private active = -1;
  private readonly status = element("div", { role: "status", class: "visually-hidden" });

  constructor(
    private readonly input: HTMLInputElement,
    private readonly results: HTMLElement,
  ) {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", results.id);
    input.setAttribute("aria-expanded", "false");
    input.autocomplete = "off";
    input.spellcheck = false;
    results.setAttribute("role", "listbox");
    results.setAttribute("aria-label", "Events found");
    results.hidden = true;
    results.after(this.status);
    this.listen();
  }

  private listen() {
    const { input, results } = this;
    input.addEventListener("focus", () => void this.load());
    input.addEventListener(
      "input",
      () =>
        void this.load().then(() => {
          this.show();
        }),
    );
    input.addEventListener("keydown", (event) => {
      this.key(event);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
    document.addEventListener("pointerdown", ({ target }) => {
      if (target instanceof Node && !results.contains(target) && target !== input) this.close();
    });
    input.addEventListener("blur", ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node && results.contains(relatedTarget))) this.close();
    });
  }

  private async load() {
    if (this.index !== undefined) return;
    try {
      const entries = await allEntries();
      this.index ??= new Index(entries);
    } catch {
      this.status.textContent = "The search cannot be loaded";
    }
  }

  private show() {
    const query = this.input.value;
    const found = this.index?.find(query) ?? [];
    const options = found.slice(0, SHOWN).map((one, number) => option(one, query, `search-option-${String(number)}`));
    this.results.replaceChildren(...options);
    if (options.length === 0) this.results.append(element("div", { class: "no-option" }, "Nothing found"));
    const isOpen = query.trim() !== "" && this.index !== undefined;
    this.results.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen && options.length > 0));
    this.activate(options.length > 0 ? 0 : -1);
    if (isOpen) this.status.textContent = counted(found.length);
  }

  private close() {
    this.results.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }

  private activate(next: number) {
    const options = this.results.querySelectorAll<HTMLElement>(".option");
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = next;
    const option = options[next];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option === undefined) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", option.id);
  }

  private key(event: KeyboardEvent) {
    const count = this.results.hidden ? 0 : this.results.querySelectorAll(".option").length;
    if (event.key === "Escape") {
      if (this.results.hidden) this.input.blur();
      else this.close();
    } else if (count === 0) {
      return;
    } else if (event.key === "ArrowDown") {
      this.activate((this.active + 1) % count);
    } else if (event.key === "ArrowUp") {
      this.activate((this.active + count - 1) % count);
    } else if (event.key === "Enter") {
      this.results.querySelectorAll<HTMLElement>(".option")[this.active]?.click();
    } else {
      return;
    }
    event.preventDefault();
  }
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function counted(count: number): string {
  if (count === 0) return "Nothing found";
  return count === 1 ? "1 event" : `${String(count)} events`;
}

function option({ entry, match }: Found, query: string, id: string): HTMLElement {
  const place = match?.field === undefined ? "" : `#${encodeURIComponent(match.field[1])}`;
  return element(
    "a",
    { class: "option", role: "option", id, href: root() + entry.url + place, tabindex: "-1", "aria-selected": "false" },
    element("span", { class: "option-name" }, ...marked(entry.name, query)),
    element("span", { class: "option-type" }, ...marked(entry.detailType, query)),
    element("span", { class: "option-match" }, ...why(entry, match, query)),
  );
}

/** What was found, where it is not the name that stands there already. */
function why(entry: Entry, match: Found["match"], query: string): (Node | string)[] {
  if (match?.field === undefined) return match?.kind === "text" ? marked(entry.text, query) : [entry.text];
  const path = element("code", {}, ...marked(match.field[0], match.value === undefined ? query : ""));
  if (match.value === undefined) return ["field ", path];
  return ["value ", element("code", {}, ...marked(match.value, query)), " of ", path];
}

/** A text in which what was typed is marked. */
function marked(text: string, query: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const [from, to] of ranges(query, text)) {
    parts.push(text.slice(at, from), element("mark", {}, text.slice(from, to)));
    at = to;
  }
  return [...parts, text.slice(at)];
}
