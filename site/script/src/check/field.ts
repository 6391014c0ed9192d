// A field of `detail` that a pattern asks for comes in; that no event, or not every event of the rule, has it is told.
// As `field.rs` of the tool tells it.

import type { EventData, Field } from "../catalogue.ts";
import type { Checker } from "./checker.ts";
import { isPath, pathKey } from "./envelope.ts";
import { type Leaf, type Step, hasSibling, isAbsent, isWholeKey, itemsOf } from "./leaves.ts";
import { compare, meant } from "./near.ts";
import type { Scope } from "./scope.ts";
import { type Missing, Standing, type Target, elsewhere } from "./standing.ts";
import { values } from "./value.ts";

/** How many fields are named of those that there are. */
const FEW = 8;

/** What stands at a field's path in the events of all scopes. */
class Seen {
  readonly targets: Target[] = [];
  /** Whether some described event leaves open what stands there. */
  isOpen = false;
  /** Whether something may stand there of which nothing is known. */
  isElsewhere = false;
  readonly with = new Set<EventData>();
  readonly without = new Map<EventData, Standing>();

  constructor(checker: Checker, scopes: readonly Scope[], names: readonly string[]) {
    for (const scope of scopes) {
      this.isElsewhere ||= scope.isOpen;
      for (const event of checker.eventsOf(scope)) {
        if (event.detail.length === 0) this.isElsewhere = true;
        else if (!this.with.has(event) && !this.without.has(event)) this.add(event, names);
      }
    }
  }

  private add(event: EventData, names: readonly string[]) {
    const standing = Standing.inDetail(event, names);
    this.isOpen ||= standing.isOpen;
    if (standing.isThere) {
      this.with.add(event);
      this.targets.push(...standing.targets);
    } else {
      this.without.set(event, standing);
    }
  }

  /** The step at which the events that come farthest do not have the path, and the objects that lack it. */
  get farthest(): [step: number, missing: Missing[]] | undefined {
    const missing = [...this.without.values()].flatMap((standing) => standing.missing);
    if (missing.length === 0) return undefined;
    const step = Math.max(...missing.map((one) => one.step));
    return [step, missing.filter((one) => one.step === step)];
  }

  get below(): number | undefined {
    const all = [...this.without.values()].flatMap((standing) => standing.below ?? []);
    return all.length === 0 ? undefined : Math.max(...all);
  }
}

/** A field below `detail`; `steps` are those behind it. */
export function detail(checker: Checker, leaf: Leaf, steps: readonly Step[], scopes: readonly Scope[]) {
  const path = steps.find((step) => isPath(step.name));
  if (path !== undefined) {
    pathKey(checker, path);
    return;
  }
  const names = steps.map((step) => step.name);
  const seen = new Seen(checker, scopes, names);
  if (seen.with.size === 0) {
    absent(checker, steps, seen, scopes);
    return;
  }
  if (!isAbsent(leaf)) partial(checker, steps, scopes, names);
  if (!seen.isOpen && !scopes.some((scope) => scope.isOpen)) {
    mapKeys(checker, steps, seen);
    values(checker, leaf, seen.targets);
  }
}

/** A field that no described event of the rule has. */
function absent(checker: Checker, steps: readonly Step[], seen: Seen, scopes: readonly Scope[]) {
  if (seen.without.size === 0 || scopes.some((scope) => scope.isOpen)) {
    envelopeKeyInside(checker, steps, seen);
    return;
  }
  const { farthest, below } = seen;
  if (farthest !== undefined && (below === undefined || below <= farthest[0])) {
    missingField(checker, steps, farthest[0], farthest[1], seen);
    return;
  }
  const step = below === undefined ? undefined : steps[below];
  if (below === undefined || step === undefined) return;
  const above = steps[below - 1]?.name ?? "detail";
  const message = `\`${above}\` has no fields, so \`${step.name}\` is never there`;
  checker.error(checker.key(step), "not-an-object", message);
}

function missingField(checker: Checker, steps: readonly Step[], at: number, missing: readonly Missing[], seen: Seen) {
  const step = steps[at];
  if (step === undefined) return;
  const fields = missing.flatMap((one) => one.fields);
  const near = meant(
    step.name,
    fields.map(({ key }) => key),
  );
  if (missing.every((one) => one.isItem)) {
    if (/^\d*$/.test(step.name)) {
      arrayIndex(checker, step);
      return;
    }
    if (missing.every((one) => one.isPair) && near === undefined) {
      pairs(checker, step, fields);
      return;
    }
  }
  const events = [...seen.without.keys()];
  const places = elsewhere(events, step.name);
  // Of an event that is known by name alone nothing can be said but what is plain.
  if (seen.isElsewhere && at === 0 && near === undefined && places.length === 0) {
    envelopeKeyInside(checker, steps, seen);
    return;
  }
  const isSure = !seen.isElsewhere && events.some((event) => event.documented);
  const word = near !== undefined && isWholeKey(step) && !hasSibling(step, near.word) ? near.word : undefined;
  const message = `${eventsHave(events, steps, at)} no field \`${step.name}\`: ${instead(step, word, places, fields)}`;
  const fix = word === undefined ? undefined : { word };
  checker.tell(isSure ? "error" : "warning", checker.key(step), "unknown-field", message, fix);
}

function arrayIndex(checker: Checker, step: Step) {
  const message =
    `\`${step.name}\` is no key: a field of an array is looked for in all of its items, ` + "so leave the number out";
  checker.error(checker.key(step), "array-index", message);
}

/** A key of a list of pairs that is no `Key` and `Value`. */
function pairs(checker: Checker, step: Step, fields: readonly Field[]) {
  const [key, value] = fields;
  if (key === undefined || value === undefined) return;
  const message =
    "this is a list of pairs here, not a map: " + `write {"${key.key}": ["${step.name}"], "${value.key}": […]}`;
  checker.warning(checker.key(step), "tags-form", message);
}

/** `source` or `detail-type` within `detail`, of which not all is known. */
function envelopeKeyInside(checker: Checker, steps: readonly Step[], seen: Seen) {
  const step = steps.at(-1);
  if (step === undefined || !isEnvelopeAlone(step.name) || checker.top.has(step.name)) return;
  if (seen.without.size > 0 || isKnownValue(checker, step)) {
    const message = `\`${step.name}\` stands beside \`detail\`, not in it`;
    checker.error(checker.key(step), "unknown-field", message);
  }
}

const isKnownValue = (checker: Checker, step: Step) =>
  itemsOf(step.member.value).some(
    (item) =>
      item.kind === "string" &&
      checker.known.some(({ source, detailType }) => source === item.text || detailType === item.text),
  );

/** A field that some of the events lack which the rule lists. */
function partial(checker: Checker, steps: readonly Step[], scopes: readonly Scope[], names: readonly string[]) {
  const lacking = new Set<string>();
  for (const scope of scopes.filter(({ isListed }) => isListed)) {
    for (const event of checker.eventsOf(scope)) {
      if (event.detail.length > 0 && !Standing.inDetail(event, names).isThere) lacking.add(event.detailType);
    }
  }
  const step = steps.at(-1);
  const [first, ...others] = [...lacking].sort(compare);
  if (step === undefined || first === undefined) return;
  const more = others.length === 0 ? "" : ` and ${String(others.length)} more of the rule's detail-types`;
  const message = `\`${step.name}\` is no field of "${first}"${more}, so the rule never lets them through`;
  checker.warning(checker.key(step), "partial-field", message);
}

/** Keys of maps that are fields of the event, or the two of a pair. */
function mapKeys(checker: Checker, steps: readonly Step[], seen: Seen) {
  const [at, ...others] = new Set(seen.targets.map(({ mapKey }) => mapKey));
  const step = at === undefined || others.length > 0 ? undefined : steps[at];
  if (step === undefined) return;
  if (/^(Key|Value)$/.test(step.name) && hasSibling(step, "Key") && hasSibling(step, "Value")) {
    const message = 'this is a map here, not a list of pairs: write {"the key": ["the value"]}';
    checker.warning(checker.key(step), "tags-form", message);
    return;
  }
  const isField = [...seen.with].some((event) => event.detail.some(({ key }) => key === step.name));
  if (isField && isComposed(step.name)) {
    const message = `\`${step.name}\` is a field of \`detail\` itself, and here the key of a map`;
    checker.warning(checker.key(step), "misplaced-key", message);
  }
}

/** What to write in the place of a field that is not there. */
function instead(step: Step, word: string | undefined, places: readonly string[], fields: readonly Field[]): string {
  if (word !== undefined) return `\`${word}\` is meant`;
  if (isEnvelopeAlone(step.name)) return "it stands beside `detail`";
  if (places.length > 0) {
    const some = places.slice(0, 3).map((path) => `\`detail.${path}\``);
    return `it stands at ${some.join(", ")}`;
  }
  const keys = [...new Set(fields.map(({ key }) => key))].sort(compare);
  const more = keys.length > FEW ? ` and ${String(keys.length - FEW)} more` : "";
  return `its fields are ${keys.slice(0, FEW).join(", ")}${more}`;
}

function eventsHave(events: readonly EventData[], steps: readonly Step[], at: number): string {
  const path = steps
    .slice(0, at)
    .map(({ name }) => name)
    .join(".");
  const [event] = events;
  if (events.length === 1 && event !== undefined) {
    return at === 0 ? `"${event.detailType}" has` : `\`${path}\` of "${event.detailType}" has`;
  }
  return at === 0 ? "the events of this rule have" : `\`${path}\` has`;
}

/** Whether a word is a key of the envelope that hardly any detail has. */
const isEnvelopeAlone = (name: string) => ["detail-type", "source", "account", "resources"].includes(name);

/** Whether a name is of several words, which no key of a map is by chance. */
const isComposed = (name: string) => new TextEncoder().encode(name).length >= 8 && /.[A-Z]|[-_]/su.test(name);
