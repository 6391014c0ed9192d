// Text comes in; the IP address or the block of addresses that it writes goes
// out. An address is what Java's `InetAddress` takes for a literal; one of IPv6
// that wraps one of IPv4 is that IPv4 address.

/**
 * Its groups of sixteen bits: two of IPv4, eight of IPv6.
 * @typedef {number[]} Address
 */

/**
 * @param {string} text
 * @returns {Address | undefined}
 */
export function address(text) {
  if (!/^[\da-f:]/i.test(text)) return undefined;
  return text.includes(":") ? v6(text) : v4(text);
}

/** @param {string} text */
function v4(text) {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(text) || text.length > 15) return undefined;
  const octets = text.split(".").map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  return octets.some((octet) => octet > 255)
    ? undefined
    : [(a << 8) | b, (c << 8) | d];
}

/** @param {string} text */
function v6(text) {
  const at = text.indexOf("::");
  const before = groups(at < 0 ? text : text.slice(0, at));
  const after = groups(at < 0 ? "" : text.slice(at + 2));
  if (before === undefined || after === undefined) return undefined;
  const missing = 8 - before.length - after.length;
  if (at < 0 ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array(missing).fill(0), ...after];
  const wraps = all[5] === 0xffff && all.slice(0, 5).every((it) => it === 0);
  return wraps ? all.slice(6) : all;
}

/**
 * @param {string} text
 * @returns {Address | undefined}
 */
function groups(text) {
  if (text === "") return [];
  const all = text.split(":");
  const isGroup = (/** @type {string} */ digits) =>
    /^0*[\da-f]{1,4}$/i.test(digits);
  if (all.length > 8 || !all.every(isGroup)) return undefined;
  return all.map((digits) => parseInt(digits, 16));
}

/** @typedef {{ first: Address; bits: number }} Block */

/**
 * Reads a block in CIDR notation; gives what is wrong, in the engine's words.
 * @param {string} text
 * @returns {Block | string}
 */
export function block(text) {
  const parts = text.replace(/\/+$/, "").split("/");
  const [written = "", size = ""] = parts;
  if (parts.length !== 2) return "Malformed CIDR, one '/' required";
  const bits = Number(size);
  if (!/^[+-]?\d+$/.test(size) || bits > 2147483647 || bits < -2147483648) {
    return "Malformed CIDR, mask bits must be an integer";
  }
  if (bits < 0) return "Malformed CIDR, mask bits must not be negative";
  const first = address(written);
  if (first === undefined) return `${howWrong(written)} IP address: ${written}`;
  if (bits >= first.length * 16) {
    return first.length === 2
      ? "IPv4 mask bits must be < 32"
      : "IPv6 mask bits must be < 128";
  }
  return { first, bits };
}

/**
 * What the engine calls a text that is no address.
 * @param {string} text
 */
function howWrong(text) {
  const looksLikeOne =
    /^\d+\.\d+\.\d+\.\d+$/.test(text) || /^(?=.*:)[\da-f:]+$/i.test(text);
  return looksLikeOne ? "Invalid" : "Nonstandard";
}

/**
 * Whether two addresses of one family share their first bits.
 * @param {Address} one
 * @param {Address} other
 * @param {number} bits
 */
export function share(one, other, bits = 128) {
  if (one.length !== other.length) return false;
  return one.every((group, index) => {
    const left = Math.min(16, Math.max(0, bits - index * 16));
    return (group ^ (other[index] ?? 0)) >> (16 - left) === 0;
  });
}
