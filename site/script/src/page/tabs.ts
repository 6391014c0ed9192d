// Sections that stand one below the other become tabs: which was chosen is kept, for all pages.

import { element, ofFragment } from "./element.ts";
import { keep, kept } from "./kept.ts";

export function startTabs() {
  for (const [index, group] of document.querySelectorAll<HTMLElement>(".tabs[data-tabs]").entries()) {
    const sections = [...group.querySelectorAll<HTMLElement>(":scope > section[data-tab]")];
    if (sections.length > 0) new Tabs(group, sections, index);
  }
}

class Tabs {
  private readonly name: string;
  private readonly buttons: HTMLButtonElement[];

  constructor(
    group: HTMLElement,
    private readonly sections: readonly HTMLElement[],
    index: number,
  ) {
    this.name = group.dataset.tabs ?? "";
    this.buttons = sections.map((section, number) => this.button(section, `tab-${String(index)}-${String(number)}`));
    const label = group.getAttribute("aria-label") ?? this.name;
    const list = element("div", { role: "tablist", "aria-label": label }, ...this.buttons);
    list.addEventListener("keydown", (event) => {
      this.key(event);
    });
    group.prepend(list);
    const before = sections.findIndex(({ dataset }) => dataset.tab === kept(`tab:${this.name}`));
    this.choose(Math.max(before, 0));
    const target = () => {
      const goal = ofFragment(location.hash);
      const holder = sections.findIndex((section) => section.contains(goal));
      if (goal !== null && holder >= 0) this.choose(holder);
    };
    addEventListener("hashchange", target);
    target();
  }

  private button(section: HTMLElement, id: string): HTMLButtonElement {
    section.id ||= `${id}-panel`;
    section.setAttribute("role", "tabpanel");
    section.setAttribute("aria-labelledby", id);
    const heading = section.querySelector<HTMLElement>(":scope > :is(h2, h3, h4)");
    if (heading !== null) heading.hidden = true;
    const label = section.dataset.tab ?? "";
    const button = element("button", { type: "button", role: "tab", id, "aria-controls": section.id }, label);
    button.addEventListener("click", () => {
      this.choose(this.buttons.indexOf(button));
      keep(`tab:${this.name}`, label);
    });
    return button;
  }

  private choose(chosen: number) {
    for (const [index, button] of this.buttons.entries()) {
      const isChosen = index === chosen;
      button.setAttribute("aria-selected", String(isChosen));
      button.tabIndex = isChosen ? 0 : -1;
      const section = this.sections[index];
      if (section !== undefined) section.hidden = !isChosen;
    }
  }

  private key(event: KeyboardEvent) {
    const now = this.buttons.findIndex((button) => button === event.target);
    const count = this.buttons.length;
    const steps: Record<string, number> = {
      ArrowRight: (now + 1) % count,
      ArrowLeft: (now + count - 1) % count,
      Home: 0,
      End: count - 1,
    };
    const next = Object.hasOwn(steps, event.key) ? this.buttons[steps[event.key] ?? 0] : undefined;
    if (next === undefined || now < 0) return;
    event.preventDefault();
    next.focus();
    next.click();
  }
}
