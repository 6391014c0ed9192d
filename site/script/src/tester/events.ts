// The events that a pattern is tried on, one below the other: samples of the catalogue, and the reader's own.

import { type Entry, type EventData, eventOf, fileOf } from "../catalogue.ts";
import { compare } from "../check/near.ts";
import { element } from "../page/element.ts";
import { Editor } from "./editor.ts";
import type { Shared } from "./share.ts";
import { type Verdict, WORDS, marksOf, reasons } from "./verdict.ts";

/** One event with its verdict. */
export class EventPanel {
  readonly element: HTMLElement;
  readonly editor: Editor;
  verdict: Verdict | undefined;
  private readonly badge = element("span", { class: "badge" });
  private readonly why = element("div", { class: "why" });

  constructor(
    label: string,
    text: string,
    /** The event of the catalogue whose sample it is, and what stands there as long as nobody changed it. */
    readonly sample: { readonly event: EventData; readonly text: string } | undefined,
    changed: (panel: EventPanel) => void,
    remove: (panel: EventPanel) => void,
  ) {
    this.editor = new Editor(label, text, () => {
      changed(this);
    });
    const button = element("button", { type: "button", class: "remove", "aria-label": `Remove ${label}` }, "Remove");
    button.addEventListener("click", () => {
      remove(this);
    });
    const title = element("h3", { class: "event-title" }, label);
    const head = element("div", { class: "event-head" }, title, this.badge, button);
    this.element = element(
      "section",
      { class: "event-panel", "aria-label": label },
      head,
      this.why,
      this.editor.element,
    );
  }

  get text(): string {
    return this.editor.text;
  }

  show(verdict: Verdict) {
    this.verdict = verdict;
    this.badge.dataset.verdict = verdict.kind;
    this.badge.textContent = WORDS[verdict.kind];
    this.why.replaceChildren(...reasons(verdict, this.text));
    this.editor.mark(marksOf(verdict, this.text));
  }
}

export class Events {
  panels: EventPanel[] = [];
  private readonly list = element("div", { class: "event-list" });
  private readonly choice = element("select", { class: "event-choice", id: "add-event" });

  constructor(
    place: HTMLElement,
    private readonly changed: (panel: EventPanel) => void,
  ) {
    const label = element("label", { for: "add-event" }, "Add an event ");
    place.append(this.list, element("div", { class: "editor-bar" }, label, this.choice));
    this.choice.addEventListener("change", () => void this.chosen());
  }

  private entries: readonly Entry[] = [];

  /** Offers all events of the catalogue to be added. */
  offer(entries: readonly Entry[]) {
    this.entries = entries;
    const sources = new Map<string, Entry[]>();
    for (const entry of entries) sources.set(entry.source, [...(sources.get(entry.source) ?? []), entry]);
    const groups = [...sources]
      .sort(([one], [other]) => compare(one, other))
      .map(([source, all]) =>
        element(
          "optgroup",
          { label: source },
          ...all.map((entry) => element("option", { value: fileOf(entry) }, entry.detailType)),
        ),
      );
    const first = element("option", { value: "" }, "Choose …");
    const own = element("option", { value: "own" }, "Your own: paste it, it stays in this page");
    this.choice.replaceChildren(first, own, ...groups);
  }

  private async chosen() {
    const { value, selectedIndex } = this.choice;
    this.choice.value = "";
    const entry = this.entries.find((one) => fileOf(one) === value);
    if (selectedIndex === 1) this.add("{\n  \n}", undefined).editor.select(4, 4);
    else if (entry !== undefined) this.addSample(await eventOf(entry));
  }

  addSample(event: EventData): EventPanel {
    const text = (event.sample ?? skeleton(event)).trimEnd();
    return this.add(text, { event, text }, event.detailType);
  }

  add(text: string, sample: EventPanel["sample"], label = "Your event"): EventPanel {
    const remove = (gone: EventPanel) => {
      this.panels = this.panels.filter((one) => one !== gone);
      gone.element.remove();
      this.choice.focus();
      this.changed(gone);
    };
    const same = this.panels.filter(({ element }) => element.getAttribute("aria-label")?.startsWith(label)).length;
    const panel = new EventPanel(
      same === 0 ? label : `${label} (${String(same + 1)})`,
      text,
      sample,
      this.changed,
      remove,
    );
    this.panels.push(panel);
    this.list.append(panel.element);
    this.changed(panel);
    return panel;
  }

  /** The events of the catalogue that are shown. */
  samples(): EventData[] {
    return [...new Set(this.panels.flatMap(({ sample }) => sample?.event ?? []))];
  }

  /** The events for a link: what nobody changed by its name. */
  shared(): Shared["events"] {
    return this.panels.map(({ text, sample }) => (sample?.text === text ? { name: fileOf(sample.event) } : { text }));
  }
}

/** The envelope of an event that no page shows. */
function skeleton({ detailType, source }: EventData): string {
  const event = {
    version: "0",
    id: "00000000-0000-0000-0000-000000000000",
    "detail-type": detailType,
    source,
    account: "111122223333",
    time: "2026-01-01T00:00:00Z",
    region: "us-east-1",
    resources: [],
    detail: {},
  };
  return JSON.stringify(event, undefined, 2);
}
