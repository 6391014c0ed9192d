// What the check found comes in; a list for people goes out: each finding leads to its place, and mends it where that is
// certain.

import { type Finding, placeOf } from "../check/finding.ts";
import { element, prose } from "../page/element.ts";
import type { Editor } from "./editor.ts";

export function listOf(findings: readonly Finding[], editor: Editor): HTMLElement[] {
  if (findings.length === 0) return [];
  return [element("ul", { class: "finding-list" }, ...findings.map((finding) => row(finding, editor)))];
}

function row(finding: Finding, editor: Editor): HTMLElement {
  const { line, column } = placeOf(editor.text, finding.start);
  const place = element(
    "button",
    { type: "button", class: "finding-place" },
    element("span", { class: "visually-hidden" }, "Go to line and column "),
    `${String(line)}:${String(column)}`,
  );
  place.addEventListener("click", () => {
    editor.select(finding.start, finding.end);
  });
  return element(
    "li",
    { class: `finding finding-${finding.severity}` },
    place,
    element(
      "span",
      { class: "finding-text" },
      element("span", { class: "finding-severity" }, finding.severity),
      " ",
      ...prose(finding.message),
      " ",
      element("code", { class: "finding-code" }, finding.code),
    ),
    ...mend(finding, editor),
  );
}

function mend({ edits, suggestion }: Finding, editor: Editor): HTMLElement[] {
  const [edit] = edits;
  if (edit === undefined || suggestion === undefined) return [];
  const button = element("button", { type: "button", class: "finding-fix" }, "Write ", element("code", {}, suggestion));
  button.addEventListener("click", () => {
    editor.write(edit.start, edit.end, edit.text);
  });
  return [button];
}
