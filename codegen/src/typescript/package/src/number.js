// The text of a JSON number comes in; its double goes out when the engine would
// compare it as one: when the decimal written is exactly the shortest that
// gives its double back, so that no two different decimals are equal.

/** The shortest form of a double has no more digits than this. */
const MOST_DIGITS = 17;

/** The smallest double, which the engine writes with two digits. */
const SMALLEST = "4.9e-324";

/**
 * @param {string} text
 * @returns {number | undefined}
 */
export function comparable(text) {
  const written = decimal(text);
  if (written === undefined) return undefined;
  if (written.endsWith("|")) return 0;
  const double = Number(text);
  if (!Number.isFinite(double) || double === 0) return undefined;
  return written === decimal(shortest(double)) ? double : undefined;
}

/**
 * The double of a number that `JSON.parse` has read.
 * @param {any} double
 * @returns {number | undefined}
 */
export const comparableDouble = (double) =>
  Number.isFinite(double) ? double + 0 : undefined;

/** @param {number} double */
function shortest(double) {
  if (Math.abs(double) !== Number.MIN_VALUE) return String(double);
  return double < 0 ? `-${SMALLEST}` : SMALLEST;
}

/**
 * A number as sign, exponent and digits without zeroes around them; none when it
 * has more digits than any shortest form, or an absurd exponent.
 * @param {string} text
 */
function decimal(text) {
  const parts = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (parts === null) return undefined;
  const [, sign, whole = "", fraction = "", power = "0"] = parts;
  const exponent = Number(power);
  if (exponent < -2147483648 || exponent > 2147483647) return undefined;
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = trimmed(all);
  if (digits.length > MOST_DIGITS) return undefined;
  if (digits === "") return "|";
  const shift = exponent - fraction.length + all.length - digits.length;
  return `${sign}${shift}|${digits}`;
}

/** @param {string} digits */
function trimmed(digits) {
  let end = digits.length;
  while (digits.charCodeAt(end - 1) === 48) end -= 1;
  return digits.slice(0, end);
}
