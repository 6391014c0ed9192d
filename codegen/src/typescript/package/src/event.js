// The table of a detail comes in, as text; a Standard Schema of the detail and of
// its event goes out.
//
// The table has the objects of the detail between `;`, itself first, and their
// members between `,`: the key, `!` if every event has it, and behind a `:` its
// type if that is not a string. A type is `n`umber, `b`oolean, `t`ime or `*`,
// `a`rray of a type, `m`ap of a type, or the number of an object. What begins with
// `|` is no object but a choice of types.

/**
 * @typedef {[key: string | number, type: string, isRequired?: string]} Member
 * @typedef {(string | number)[]} Path
 * @typedef {{ message: string; path: Path }} Issue
 * @typedef {(value: any, type: string, path: Path, members: Member[]) => void} See
 *   Sees each part that is as the table says.
 */

/**
 * Whether a value is an event of a source and a detail-type.
 * @param {any} value
 * @param {string} source
 * @param {string} detailType
 */
export const has = (value, source, detailType) =>
  value?.source === source && value["detail-type"] === detailType;

/** What values of a type are. @type {Record<string, string>} */
const KINDS = {
  n: "number",
  b: "boolean",
  t: "number or string",
  a: "array",
  m: "object",
  s: "string",
};

/** What every event has, around its detail. */
const ENVELOPE =
  "version!,id!,detail-type!,source!,account!,time!,region!,resources!:as,replay-name,detail!:0";

/** @param {unknown} value */
export const kindOf = (value) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/**
 * What walks a value along a table, and gives what is otherwise than the table says.
 * @param {string} table
 */
const walker = (table) => {
  /** The parts of the table; `e` is the whole event. @type {Record<string, any>} */
  const parts = { ...table.split(";"), e: ENVELOPE };

  /** @type {Record<string, Member[]>} */
  const objects = {};

  /**
   * The members of an object, read once; those of a list or a map are what is in it.
   * @param {string} type
   * @param {any} value
   * @returns {Member[]}
   */
  const members = (type, value) =>
    /^[am]/.test(type)
      ? Object.keys(value).map((key) => [
          type[0] === "a" ? +key : key,
          type.slice(1),
        ])
      : (objects[type] ??= [
          ...(parts[type] ?? "").matchAll(/([^!:,]+)(!?):?([^,]*)/g),
        ].map(([, key, isRequired, held]) => [
          decodeURIComponent(key),
          held || "s",
          isRequired,
        ]));

  /**
   * What a type is one of: itself, or its choices.
   * @param {any} type
   * @returns {any[]}
   */
  const choices = (type) =>
    parts[type]?.[0] === "|" ? parts[type].slice(1).split("|") : [type];

  /** @param {string} type */
  const kinds = (type) =>
    choices(type)
      .map((choice) => KINDS[choice[0]] ?? "object")
      .join(" or ");

  /**
   * @param {string} type
   * @param {unknown} value
   */
  const fits = (type, value) =>
    type === "*" || kinds(type).includes(kindOf(value));

  return (
    /** @type {string} */ whole,
    /** @type {any} */ root,
    /** @type {Path} */ start = [],
    /** @type {See | undefined} */ see = undefined,
  ) => {
    /** @type {Issue[]} */
    const issues = [];

    /**
     * @param {Path} path
     * @param {string} what
     */
    const tell = (path, what) =>
      issues.push({ path, message: `${place(path)} is ${what}`.trim() });

    /**
     * @param {string} type
     * @param {any} value
     * @param {Path} path
     */
    const walk = (type, value, path) => {
      const fitting = choices(type).filter((choice) => fits(choice, value));
      // The first that fits a level deeper, too.
      const choice =
        fitting.find((choice) =>
          members(choice, value).every(([key, held, isRequired]) =>
            value[key] == null ? !isRequired : fits(held, value[key]),
          ),
        ) ?? fitting[0];
      if (!choice) tell(path, `${kindOf(value)}, not ${kinds(type)}`);
      // So deep is looked.
      else if (path.length > 200) tell(path, "nested too deeply");
      else {
        const all = members(choice, value);
        // Nothing is inherited.
        const own = all[0] && { __proto__: null, ...value };
        see?.(value, choice, path, all);
        for (const [key, held, isRequired] of all) {
          const found = own[key];
          if (found != null || isRequired === undefined) {
            walk(held, found, [...path, key]);
          } else if (isRequired && held !== "*") {
            tell([...path, key], "missing");
          }
        }
      }
    };

    walk(whole, root, start);
    return issues;
  };
};

/**
 * A path as people write it: `detail.Tags[0].Key`.
 * @param {Path} path
 */
export const place = (path) =>
  path
    .map((key) => (+key === key ? `[${key}]` : `.${key}`))
    .join("")
    .slice(1);

/** @param {(value: any) => Issue[]} issuesOf */
export const standard = (issuesOf) => ({
  version: 1,
  vendor: "eventbridge-codegen",
  validate: (/** @type {unknown} */ value) => {
    const issues = issuesOf(value);
    return issues[0] ? { issues } : { value };
  },
});

/** @param {string} table */
export const detail = (table) => {
  const walk = walker(table);
  return { walk, "~standard": standard((value) => walk("0", value)) };
};

/**
 * @param {string} source
 * @param {string} detailType
 * @param {ReturnType<typeof detail>} detail
 */
export const event = (source, detailType, detail) => ({
  source,
  detailType,
  detail,
  "~standard": standard((value) =>
    has(value, source, detailType)
      ? detail.walk("e", value)
      : [{ message: `is no ${detailType} from ${source}`, path: [] }],
  ),
});

/**
 * Whether a value is an event at all.
 * @param {any} value
 */
export const isEvent = (value) =>
  typeof value?.source === "string" &&
  typeof value["detail-type"] === "string" &&
  kindOf(value.detail) === "object";

/**
 * A typed event, or how it differs from its type.
 * @param {any} schema
 * @param {any} value
 */
export const validate = (schema, value) => {
  const { issues } = schema["~standard"].validate(value);
  return issues
    ? {
        ok: false,
        differences: issues,
        event: isEvent(value) ? value : undefined,
      }
    : { ok: true, event: value, differences: [] };
};

/**
 * The known values of open enums, each under itself.
 * @param {Record<string, string[]>} all
 */
export const values = (all) =>
  Object.fromEntries(
    Object.entries(all).map(([name, known]) => [
      name,
      Object.freeze(Object.fromEntries(known.map((value) => [value, value]))),
    ]),
  );
