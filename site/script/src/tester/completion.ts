// The list of what can be written at the caret: opened by Ctrl+Space or by typing a string, walked with arrows, taken
// with Enter, closed with Escape.

import { element, prose } from "../page/element.ts";
import { caretAt } from "./caret.ts";
import type { Editor } from "./editor.ts";
import { type Known, type Option, optionsAt } from "./options.ts";

export class Completion {
  private readonly list: HTMLElement;
  private readonly status = element("div", { role: "status", class: "visually-hidden" });
  private options: readonly Option[] = [];
  private active = 0;

  constructor(
    private readonly editor: Editor,
    private readonly known: () => Promise<Known>,
    private readonly id: string,
  ) {
    this.list = element("div", { role: "listbox", class: "completion", id, "aria-label": "What can be written here" });
    this.list.hidden = true;
    editor.element.append(this.list, this.status);
    const { area } = editor;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", id);
    // Before the editor's own keys.
    area.addEventListener(
      "keydown",
      (event) => {
        this.key(event);
      },
      { capture: true },
    );
    area.addEventListener("input", (event) => {
      const isTyped = event instanceof InputEvent && /^[\w"$-]$/.test(event.data ?? "");
      if (isTyped || this.isOpen) void this.open(isTyped);
    });
    area.addEventListener("blur", () => {
      this.close();
    });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the caret stays where it is
      const index = [...this.list.children].findIndex(
        (one) => event.target instanceof Node && one.contains(event.target),
      );
      this.take(index);
    });
  }

  private get isOpen(): boolean {
    return !this.list.hidden;
  }

  /** Shows what can be written; unasked only where something is typed already. */
  private async open(isUnasked = false) {
    const known = await this.known();
    const { area, text } = this.editor;
    const caret = caretAt(text, area.selectionStart);
    const isString = caret !== undefined && text.charAt(caret.start) === '"' && caret.start < area.selectionStart;
    this.options = caret === undefined || (isUnasked && !isString) ? [] : optionsAt(caret, known);
    if (caret === undefined || this.options.length === 0) {
      this.close();
      return;
    }
    this.list.replaceChildren(...this.options.map((option, index) => shown(option, `${this.id}-${String(index)}`)));
    this.list.hidden = false;
    const { left, bottom } = this.editor.placeOf(caret.start);
    const width = this.editor.element.clientWidth - this.list.offsetWidth;
    this.list.style.left = `${String(Math.max(Math.min(left, width), 0))}px`;
    this.list.style.top = `${String(bottom)}px`;
    this.status.textContent = `${String(this.options.length)} can be written here`;
    this.activate(0);
  }

  private close() {
    this.list.hidden = true;
    this.status.textContent = "";
    this.editor.area.removeAttribute("aria-activedescendant");
  }

  private activate(next: number) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = next;
    const option = this.list.children[next];
    if (option === undefined) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.editor.area.setAttribute("aria-activedescendant", option.id);
  }

  private key(event: KeyboardEvent) {
    const isAsked = event.key === " " && (event.ctrlKey || event.metaKey);
    if (!isAsked && !this.isOpen) return;
    const count = this.options.length;
    if (isAsked) void this.open();
    else if (event.key === "ArrowDown") this.activate((this.active + 1) % count);
    else if (event.key === "ArrowUp") this.activate((this.active + count - 1) % count);
    else if (event.key === "Enter") this.take(this.active);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  private take(index: number) {
    const option = this.options[index];
    const caret = caretAt(this.editor.text, this.editor.area.selectionStart);
    this.close();
    if (option === undefined || caret === undefined) return;
    const { before, after } = option;
    this.editor.write(caret.start, caret.end, before + after, caret.start + before.length);
  }
}

function shown({ label, text }: Option, id: string): HTMLElement {
  const name = element("span", { class: "completion-label" }, label);
  const meaning = element("span", { class: "completion-text" }, ...prose(text));
  return element("div", { role: "option", id, "aria-selected": "false" }, name, " ", meaning);
}
