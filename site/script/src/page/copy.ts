// A button at each piece of code that copies it.

import { element } from "./element.ts";

/** How long a button says that it has copied, in milliseconds. */
const SAID = 1500;

export function startCopy() {
  for (const code of document.querySelectorAll<HTMLElement>("pre[data-copy]")) {
    const button = copyButton("Copy", () => code.textContent);
    const wrapper = element("div", { class: "copyable" });
    code.replaceWith(wrapper);
    wrapper.append(code, button);
  }
}

/** A button that copies a text, and says so. */
export function copyButton(label: string, text: () => string | Promise<string>): HTMLButtonElement {
  const words = element("span", { "aria-live": "polite" }, label);
  const button = element("button", { type: "button", class: "copy" }, words);
  button.addEventListener("click", () => {
    void say(words, label, text());
  });
  return button;
}

async function say(words: HTMLElement, label: string, text: string | Promise<string>) {
  words.textContent = (await copied(await text)) ? "Copied" : "Press Ctrl+C";
  setTimeout(() => {
    words.textContent = label;
  }, SAID);
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedFromField(text);
  }
}

/** The way for pages that may not use the clipboard, as those of plain HTTP. */
function copiedFromField(text: string): boolean {
  const field = element("textarea", { class: "visually-hidden", "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other where there is no clipboard
  const isDone = document.execCommand("copy");
  field.remove();
  return isDone;
}
