// The button between light and dark.

import { type Theme, chosenTheme, keep } from "./kept.ts";

export function startTheme() {
  const button = document.getElementById("theme");
  if (button === null) return;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const now = (): Theme => chosenTheme() ?? asShown() ?? (system.matches ? "dark" : "light");
  const show = () => {
    const other = now() === "dark" ? "light" : "dark";
    button.textContent = other === "dark" ? "Dark" : "Light";
    button.setAttribute("aria-label", `${button.textContent} colours`);
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    const other: Theme = now() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = other;
    keep("theme", other);
    show();
  });
  system.addEventListener("change", show);
  show();
}

/** What was chosen on this page, where nothing can be kept. */
function asShown(): Theme | undefined {
  const shown = document.documentElement.dataset.theme;
  return shown === "light" || shown === "dark" ? shown : undefined;
}
