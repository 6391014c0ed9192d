// The text of a JSON document comes in; its tokens go out one by one, or the
// place where it is malformed. The limits are those of the service's engine.

/** How deep arrays and objects may nest. */
export const MAX_DEPTH = 1000;
/** How many digits a number may have. */
const MAX_DIGITS = 1000;
/** How long a key may be. */
const MAX_KEY = 50_000;

/** Why a text is no event: what is wrong or missing, and where. */
export class EventError extends Error {
  /**
   * @param {string} reason
   * @param {number} offset
   */
  constructor(reason, offset) {
    super(`${reason} at character ${offset}`);
    this.name = "EventError";
    this.reason = reason;
    this.offset = offset;
  }
}

/** Steps through a text. Each method leaves `at` behind what it read. */
export class Reader {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.depth = 0;
    this.escaped = false;
  }

  /**
   * @param {string} reason
   * @returns {never}
   */
  fail(reason) {
    const { at, text } = this;
    throw at < text.length
      ? new EventError(reason, at)
      : new EventError("Unexpected end-of-input", text.length);
  }

  space() {
    const { text } = this;
    let code = text.charCodeAt(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) {
      this.at += 1;
      code = text.charCodeAt(this.at);
    }
    return code;
  }

  /** Opens what stands here, and says whether there is anything in it. */
  open() {
    if (this.depth === MAX_DEPTH) {
      throw new EventError("Nesting is deeper than 1000", this.at);
    }
    this.depth += 1;
    const close = this.text.charCodeAt(this.at) + 2;
    this.at += 1;
    if (this.space() !== close) return true;
    this.close();
    return false;
  }

  close() {
    this.depth -= 1;
    this.at += 1;
  }

  /** A comma, or the end of what `close` closes: says whether more comes. */
  more(/** @type {number} */ close) {
    const code = this.space();
    if (code === 44) {
      this.at += 1;
      this.space();
      return true;
    }
    if (code !== close) {
      this.fail(
        close === 125
          ? "Expected a comma or the object's closing brace"
          : "Expected a comma or the array's closing bracket",
      );
    }
    this.close();
    return false;
  }

  /** A key and its colon. */
  key() {
    const start = this.at;
    if (this.text.charCodeAt(start) !== 34) {
      this.fail("Expected a double quote to start a key");
    }
    this.string();
    if (this.at - start - 2 > MAX_KEY) {
      throw new EventError("Key is longer than 50000", start);
    }
    const key = this.meaning(start);
    if (this.space() !== 58) this.fail("Expected a colon behind the key");
    this.at += 1;
    this.space();
    return key;
  }

  /** What is no object and no array: of which kind it is. */
  scalar() {
    const code = this.text.charCodeAt(this.at);
    const isNumber = code === 45 || (code >= 48 && code <= 57);
    const kind = code === 34 ? "string" : isNumber ? "number" : "word";
    this[kind]();
    return kind;
  }

  /** What a scalar means that stands from a place to here. */
  meaning(/** @type {number} */ start) {
    const text = this.text.slice(start, this.at);
    if (!text.startsWith('"')) return text;
    return this.escaped
      ? /** @type {string} */ (JSON.parse(text))
      : text.slice(1, -1);
  }

  string() {
    const { text } = this;
    let at = this.at + 1;
    this.escaped = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        this.at = at + 1;
        return;
      }
      if (code === 92) {
        this.at = at;
        this.escape();
        at = this.at;
      } else if (code >= 32) {
        at += 1;
      } else {
        this.at = at;
        this.fail("Control character in a string");
      }
    }
  }

  escape() {
    this.escaped = true;
    this.at += 1;
    const code = this.text.charAt(this.at);
    if (code === "u") {
      for (let digit = 0; digit < 4; digit += 1) {
        this.at += 1;
        if (!/[\da-f]/i.test(this.text.charAt(this.at))) {
          this.fail("Expected a hex digit");
        }
      }
    } else if (code === "" || !'"\\/bfnrt'.includes(code)) {
      this.fail("Unrecognized character escape");
    }
    this.at += 1;
  }

  number() {
    const { text } = this;
    const start = this.at;
    if (text.charCodeAt(start) === 45) this.at += 1;
    const isZero = text.charCodeAt(this.at) === 48;
    let digits = this.digits();
    if (isZero && digits > 1) {
      throw new EventError("Leading zeroes not allowed", this.at - digits);
    }
    if (text.charCodeAt(this.at) === 46) {
      this.at += 1;
      digits += this.digits();
    }
    const power = text.charCodeAt(this.at);
    if (power === 101 || power === 69) {
      const sign = text.charCodeAt(this.at + 1);
      this.at += sign === 43 || sign === 45 ? 2 : 1;
      digits += this.digits();
    }
    if (digits > MAX_DIGITS) {
      throw new EventError("Number has more than 1000 digits", start);
    }
  }

  digits() {
    const start = this.at;
    let code = this.text.charCodeAt(start);
    while (code >= 48 && code <= 57) {
      this.at += 1;
      code = this.text.charCodeAt(this.at);
    }
    if (this.at === start) this.fail("Expected a digit");
    return this.at - start;
  }

  /** `true`, `false` or `null`. */
  word() {
    for (const word of ["true", "false", "null"]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return;
      }
    }
    const isOne = "tfn".includes(this.text.charAt(this.at));
    this.fail(isOne ? "Expected true, false or null" : "Expected a value");
  }
}
