// What a reader chose, kept in the browser where it lets us.

const PREFIX = "event-catalogue:";

/** What was kept under a name. */
export function kept(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined; // of some pages, as in a folder, browsers keep nothing
  }
}

export function keep(name: string, value: string) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // It holds until the page is left.
  }
}

export type Theme = "light" | "dark";

export function chosenTheme(): Theme | undefined {
  const theme = kept("theme");
  return theme === "light" || theme === "dark" ? theme : undefined;
}
