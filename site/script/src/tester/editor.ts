// A field for JSON: what is typed stands in a text area, its colours and marks behind it, in the same places.

import { element } from "../page/element.ts";
import { type Mark, highlighted } from "./highlight.ts";

export class Editor {
  readonly element: HTMLElement;
  readonly area: HTMLTextAreaElement;
  private readonly backdrop = element("pre", { class: "editor-backdrop", "aria-hidden": "true" });
  private marks: readonly Mark[] = [];

  constructor(label: string, text: string, changed: () => void) {
    this.area = element("textarea", {
      class: "editor-area",
      "aria-label": label,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      translate: "no",
      rows: "1",
    });
    this.area.value = text;
    this.element = element("div", { class: "editor" }, this.backdrop, this.area);
    this.area.addEventListener("input", () => {
      this.marks = [];
      this.paint();
      changed();
    });
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.defaultPrevented && !event.isComposing) this.newLine(event);
    });
    this.paint();
  }

  get text(): string {
    return this.area.value;
  }

  /** Shows marks until something is typed. */
  mark(marks: readonly Mark[]) {
    this.marks = marks;
    this.paint();
  }

  private paint() {
    // A last line that is empty has no height in a `pre`.
    this.backdrop.replaceChildren(...highlighted(this.text, this.marks), "\n");
  }

  /** Writes a text in the place of another, so that it can be undone. */
  write(start: number, end: number, text: string, caret = start + text.length) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else lets the reader undo it
    const isDone = document.execCommand("insertText", false, text);
    if (!isDone) {
      this.area.setRangeText(text, start, end, "end");
      this.area.dispatchEvent(new InputEvent("input"));
    }
    this.area.setSelectionRange(caret, caret);
  }

  select(start: number, end: number) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
  }

  /** Keeps the indentation, and deepens it behind an opening bracket. */
  private newLine(event: KeyboardEvent) {
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end, value } = this.area;
    const before = value.slice(0, start);
    const indent = /[ \t]*/.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
    const isOpen = /[[{]$/.test(before);
    const isClosed = /^[\]}]/.test(value.slice(end));
    const line = `\n${indent}${isOpen ? "  " : ""}`;
    this.write(start, end, isOpen && isClosed ? `${line}\n${indent}` : line, start + line.length);
  }

  /** Where a place of the text is seen, from the corner of the editor. */
  placeOf(offset: number): { left: number; bottom: number } {
    const walker = document.createTreeWalker(this.backdrop, NodeFilter.SHOW_TEXT);
    let rest = offset;
    let node = walker.nextNode();
    while (node instanceof Text && rest > node.length) {
      rest -= node.length;
      node = walker.nextNode();
    }
    const outer = this.element.getBoundingClientRect();
    if (!(node instanceof Text)) return { left: 0, bottom: outer.height };
    const range = document.createRange();
    range.setStart(node, rest);
    const box = range.getBoundingClientRect();
    return { left: box.left - outer.left, bottom: box.bottom - outer.top };
  }
}
