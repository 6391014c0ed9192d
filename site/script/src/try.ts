// The page on which patterns are tried.

import { Tester } from "./tester/tester.ts";

const place = (id: string) => document.getElementById(id);
const [pattern, events, verdict, findings] = ["pattern-editor", "event-editors", "verdict", "findings"].map(place);
if (pattern && events && verdict && findings) {
  const start = () => {
    for (const part of [pattern, events, findings]) part.replaceChildren();
    new Tester({ pattern, events, verdict, findings }).start().catch(() => {
      verdict.textContent = "The catalogue's data cannot be loaded";
    });
  };
  start();
  // A link to this page that carries something else, not one to a part of it.
  addEventListener("hashchange", () => {
    if (/^#(s|event)=/.test(location.hash)) start();
  });
}
