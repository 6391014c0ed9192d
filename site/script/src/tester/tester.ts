// The page on which a pattern is tried: what is typed comes in; after each letter the verdict goes out for every event,
// why it is so, and what the check finds. Nothing leaves the page.

import { type Entry, type EventData, allEntries, eventOf, fileOf } from "../catalogue.ts";
import { type Draft, check, needed, read } from "../check/check.ts";
import { copyButton } from "../page/copy.ts";
import { element } from "../page/element.ts";
import { closed } from "./caret.ts";
import { Completion } from "./completion.ts";
import { Editor } from "./editor.ts";
import { type EventPanel, Events } from "./events.ts";
import { listOf } from "./findings.ts";
import { type Shared, ofFragment, toFragment } from "./share.ts";
import { type Verdict, WORDS, verdictOf } from "./verdict.ts";

/** Where the parts of the tester stand in the page. */
export interface Places {
  readonly pattern: HTMLElement;
  readonly events: HTMLElement;
  readonly verdict: HTMLElement;
  readonly findings: HTMLElement;
}

export class Tester {
  private entries: readonly Entry[] = [];
  /** The events that were loaded for the check and for completion. */
  private readonly data = new Map<string, EventData>();
  private readonly editor: Editor;
  private readonly events: Events;
  /** What is wrong with the link that led here. */
  private readonly note = element("p", { class: "editor-note", role: "status" });
  private draft: Draft = read("");
  private round = 0;

  constructor(private readonly places: Places) {
    this.editor = new Editor("Event pattern", "", () => {
      this.patternChanged();
    });
    this.events = new Events(places.events, (panel) => {
      this.judge(panel);
      this.tell();
    });
    const share = copyButton("Copy link", () => this.link());
    share.title =
      "A link to this page with the pattern and the events. They stand behind its #, which is sent nowhere.";
    const hint = element("span", { class: "editor-hint" }, element("kbd", {}, "Ctrl+Space"), " completes");
    const copy = copyButton("Copy", () => this.editor.text);
    const bar = element("div", { class: "editor-bar" }, copy, share, hint);
    places.pattern.append(this.note, this.editor.element, bar);
    places.verdict.setAttribute("role", "status");
    new Completion(this.editor, () => this.known(), "completion");
  }

  async start() {
    this.entries = await allEntries();
    this.events.offer(this.entries);
    const shared = await ofFragment(location.hash);
    const named = this.named(location.hash);
    const isLost = shared === undefined && named === undefined && /^#(s|event)=/.test(location.hash);
    this.note.textContent = isLost
      ? "The link names nothing that is here, or was cut off: this is the first event."
      : "";
    if (shared !== undefined) await this.restore(shared);
    else await this.begin(named ?? this.entries.find(({ fields }) => fields.length > 0));
  }

  /** The event that a link of its page names. */
  private named(fragment: string): Entry | undefined {
    const name = new URLSearchParams(fragment.replace(/^#/, "")).get("event");
    return this.entries.find((entry) => fileOf(entry) === name);
  }

  private async begin(entry: Entry | undefined) {
    if (entry === undefined) {
      this.events.add("{}", undefined);
      this.setPattern('{\n  "source": [""]\n}');
      return;
    }
    this.events.addSample(await eventOf(entry));
    const types = { source: [entry.source], "detail-type": [entry.detailType] };
    this.setPattern(JSON.stringify(types, undefined, 2).replace(/\[\s+(".*")\s+\]/g, "[$1]"));
  }

  private async restore(shared: Shared) {
    for (const event of shared.events) {
      const entry = "name" in event ? this.entries.find((one) => fileOf(one) === event.name) : undefined;
      if ("text" in event) this.events.add(event.text, undefined);
      else if (entry !== undefined) this.events.addSample(await eventOf(entry));
    }
    this.setPattern(shared.pattern);
  }

  private async link(): Promise<string> {
    const fragment = await toFragment({ pattern: this.editor.text, events: this.events.shared() });
    return `${location.href.replace(/#.*$/s, "")}#${fragment}`;
  }

  private setPattern(text: string) {
    this.editor.area.value = text;
    this.editor.mark([]);
    this.patternChanged();
  }

  private async load(names: readonly string[]): Promise<EventData[]> {
    const entries = this.entries.filter(({ name }) => names.includes(name));
    const events = await Promise.all(entries.map(eventOf));
    for (const event of events) this.data.set(event.name, event);
    return events;
  }

  /** What can be written in the pattern: of the events that it lets through, or else of those beside it. */
  private async known() {
    const { area, text } = this.editor;
    const whole = this.draft.tree === undefined ? read(closed(text, area.selectionStart)) : this.draft;
    const names = needed(whole, this.entries);
    const events = names.length > 0 ? await this.load(names) : this.events.samples();
    return { all: this.entries, events };
  }

  private patternChanged() {
    this.draft = read(this.editor.text);
    for (const panel of this.events.panels) this.judge(panel);
    this.tell();
    void this.check();
  }

  private judge(panel: EventPanel) {
    panel.show(verdictOf(this.draft, panel.text));
  }

  private tell() {
    const verdicts = this.events.panels.flatMap(({ verdict }) => verdict ?? []);
    const kind = this.draft.matcher === undefined ? "no-pattern" : summed(verdicts);
    const matching = verdicts.filter((verdict) => verdict.kind === "match").length;
    const words =
      verdicts.length > 1 && kind !== "no-pattern"
        ? `${String(matching)} of ${String(verdicts.length)} events match`
        : WORDS[kind];
    this.places.verdict.dataset.verdict = kind;
    // A status that says the same again is read out again.
    if (this.places.verdict.textContent !== words) this.places.verdict.textContent = words;
  }

  /** What the check finds, once the events are there that it needs. */
  private async check() {
    this.round += 1;
    const { round, draft } = this;
    const names = needed(draft, this.entries);
    await this.load(names);
    if (round !== this.round) return;
    const findings = check(draft, this.entries, this.data);
    this.places.findings.replaceChildren(...listOf(findings, this.editor));
    this.editor.mark(
      findings.map(({ start, end, severity }) => ({ start, end: Math.max(end, start + 1), name: severity })),
    );
  }
}

/** The verdict on several events: a match if all match. */
function summed(verdicts: readonly Verdict[]): Verdict["kind"] {
  for (const kind of ["no-event", "miss"] as const) {
    if (verdicts.some((verdict) => verdict.kind === kind)) return kind;
  }
  return "match";
}
