// Elements of the page, made without markup: a text is never read as HTML.

type Child = Node | string;

/** An element with attributes and children; an attribute that is `undefined` is left out. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** A text with `code` between backticks, as descriptions and findings have it. */
export function prose(text: string): Child[] {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));
}

/** The element of a fragment, whatever characters its id has. */
export function ofFragment(hash: string): HTMLElement | null {
  const written = hash.replace(/^#/, "");
  if (written === "") return null;
  try {
    return document.getElementById(decodeURIComponent(written)) ?? document.getElementById(written);
  } catch {
    return document.getElementById(written);
  }
}
