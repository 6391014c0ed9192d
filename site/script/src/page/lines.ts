// The sample beside the fields: each line shows its field, each field its line, and evidence is opened by its link.

import { ofFragment } from "./element.ts";

const LINKED = "is-linked";

export function startLines() {
  const lines = byPath("line");
  const fields = byPath("field");
  const show = (path: string | undefined) => {
    for (const linked of document.querySelectorAll(`.${LINKED}`)) linked.classList.remove(LINKED);
    if (path === undefined) return;
    for (const one of [...(lines.get(path) ?? []), ...(fields.get(path) ?? [])]) one.classList.add(LINKED);
  };
  for (const name of ["pointerover", "focusin"]) {
    document.addEventListener(name, ({ target }) => {
      const path = pathAt(target);
      show(path);
      const line = path === undefined ? undefined : lines.get(path)?.[0];
      if (line !== undefined && within(target, "[data-field]")) showIn(line);
    });
  }
  for (const pre of new Set([...lines.values()].flat().map((line) => line.closest("pre")))) {
    if (pre !== null) startPre(pre, fields);
  }
}

/** A click on a line leads to its field; so do the links in it, for the keyboard. */
function startPre(pre: HTMLElement, fields: Map<string, HTMLElement[]>) {
  pre.addEventListener("click", ({ target }) => {
    const isSelecting = !(getSelection()?.isCollapsed ?? true);
    const path = pathAt(target);
    const field = path === undefined ? undefined : fields.get(path)?.[0];
    if (isSelecting || within(target, "a") !== null || field === undefined || field.id === "") return;
    location.hash = encodeURIComponent(field.id);
  });
}

/** Scrolls the sample, and it alone, until a line is seen. */
function showIn(line: HTMLElement) {
  const pre = line.closest("pre");
  if (pre === null || pre.scrollHeight <= pre.clientHeight) return;
  const [inner, outer] = [line.getBoundingClientRect(), pre.getBoundingClientRect()];
  if (inner.top < outer.top || inner.bottom > outer.bottom) {
    pre.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

function byPath(name: "line" | "field"): Map<string, HTMLElement[]> {
  const all = new Map<string, HTMLElement[]>();
  for (const one of document.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
    const path = one.dataset[name] ?? "";
    all.set(path, [...(all.get(path) ?? []), one]);
  }
  return all;
}

function pathAt(target: EventTarget | null): string | undefined {
  const found = within(target, "[data-line], [data-field]");
  return found?.dataset.line ?? found?.dataset.field;
}

const within = (target: EventTarget | null, selector: string) =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null;

/** Opens what a fragment names, and names what is opened. */
export function startEvidence() {
  const open = () => {
    const goal = ofFragment(location.hash);
    for (let one: HTMLElement | null = goal; one !== null; one = one.parentElement) {
      if (one instanceof HTMLDetailsElement) one.open = true;
    }
    goal?.scrollIntoView({ block: "start" });
  };
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (target instanceof HTMLDetailsElement && target.open && target.id !== "") {
        history.replaceState(history.state, "", `#${encodeURIComponent(target.id)}`);
      }
    },
    { capture: true },
  );
  addEventListener("hashchange", open);
  if (location.hash !== "") open();
}
