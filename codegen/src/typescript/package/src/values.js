// Small helpers for what is open: values that are not documented, fields that a
// type does not have, instants in any form.

/**
 * Whether a value is one of those that are known; others do not compile.
 * @param {unknown} value
 * @param {...string} known
 */
export const is = (value, ...known) => known.some((it) => it === value);

/**
 * A value that is not documented, where a known one is expected.
 * @param {string} value
 */
export const undocumented = (value) => value;

/**
 * All members of an object by their keys, known or not.
 * @param {unknown} object
 */
export const extra = (object) =>
  Object.assign(Object.create(null), typeof object === "object" ? object : {});

/** Milliseconds of the years 0000 to 9999. */
const FIRST = -62_167_219_200_000;
const LAST = 253_402_300_799_999;

/** Numbers from here to there are seconds: as milliseconds they would all lie in the
 * first years after 1970. */
const SECONDS = [100_000_000, 100_000_000_000];

/**
 * An instant in any form that events write it: the date, the form, and what stands
 * in the event.
 * @param {unknown} raw
 */
export function instant(raw) {
  const isText = typeof raw === "string";
  const isNumber =
    typeof raw === "number" ||
    (isText && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(raw));
  const read = isNumber
    ? epoch(Number(raw))
    : isText
      ? rfc3339(raw)
      : undefined;
  if (read === undefined || !(read.millis >= FIRST && read.millis <= LAST)) {
    return undefined;
  }
  const kind = isText ? "string" : Number.isInteger(raw) ? "integer" : "float";
  return {
    date: new Date(read.millis),
    form: read.unit === "" ? "rfc3339" : `${kind}-${read.unit}`,
    raw,
  };
}

/**
 * The date of an instant in any form, or nothing if it names none.
 * @param {unknown} raw
 */
export const toDate = (raw) => instant(raw)?.date;

/** @param {number} number */
function epoch(number) {
  const [first = 0, beyond = 0] = SECONDS;
  return number >= first && number < beyond
    ? { millis: Math.floor(Math.round(number * 1e6) / 1e3), unit: "seconds" }
    : { millis: Math.floor(number), unit: "millis" };
}

/** @param {string} text */
function rfc3339(text) {
  const parts =
    /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(
      text,
    );
  if (parts === null) return undefined;
  const at = (/** @type {number} */ index) => Number(parts[index] ?? 0);
  const date = new Date(0);
  date.setUTCFullYear(at(1), at(2) - 1, at(3));
  const isDay = date.getUTCMonth() === at(2) - 1 && date.getUTCDate() === at(3);
  if (!isDay || at(4) > 23 || at(5) > 59 || at(6) > 60) return undefined;
  if (at(9) > 23 || at(10) > 59) return undefined;
  const fraction = Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3));
  const away = (at(9) * 60 + at(10)) * (parts[8] === "-" ? -1 : 1);
  const minutes = at(4) * 60 + at(5) - away;
  const seconds = minutes * 60 + at(6);
  return { millis: date.getTime() + seconds * 1000 + fraction, unit: "" };
}
