// The table of a detail comes in, as text; a Standard Schema of the detail and of
// its event goes out.
//
// The table has the objects of the detail between `;`, itself first, and their
// members between `,`: the key, `!` if every event has it, and behind a `:` its
// type if that is not a string. A type is `n`umber, `b`oolean, `t`ime or `*`,
// `a`rray of a type, `m`ap of a type, or the number of an object. What begins with
// `|` is no object but a choice of types.

/**
 * @typedef {[key: string, isRequired: string, type: string]} Member
 * @typedef {(string | number)[]} Path
 * @typedef {{ message: string; path: Path }} Issue
 * @typedef {(value: any, type: string, path: Path, members?: Member[]) => void} See
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
  t: "number string",
  a: "array",
  m: "object",
  s: "string",
};

/** So deep is looked. */
const DEEP = 200;

/** @param {unknown} value */
export const kindOf = (value) =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value;

/**
 * What walks a value along a table, and gives what is otherwise than the table says.
 * @param {string} table
 */
const walker = (table) => {
  /** @type {string[]} */
  const texts = table.split(";");

  /** @type {Member[][]} */
  const objects = [];

  /**
   * The members of an object, read once.
   * @param {any} part
   */
  const members = (part) =>
    (objects[+part] ??= [
      ...(texts[+part] ?? "").matchAll(/([^!:,]+)(!?):?([^,]*)/g),
    ].map(([, key = "", isRequired = "", type]) => [
      decodeURIComponent(key),
      isRequired,
      type || "s",
    ]));

  /**
   * What a type is one of: itself, or its choices.
   * @param {any} type
   */
  const choices = (type) => {
    const text = texts[+type];
    return text?.[0] === "|" ? text.slice(1).split("|") : [type];
  };

  /** @param {string} type */
  const kinds = (type) =>
    choices(type)
      .map((choice) => KINDS[choice[0]] ?? "object")
      .join(" ");

  /**
   * @param {string} type
   * @param {unknown} value
   */
  const fits = (type, value) =>
    type === "*" || kinds(type).split(" ").includes(kindOf(value));

  return (
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
      issues.push({
        path,
        message: path
          .map((key) => (+key === key ? `[${key}]` : `.${key}`))
          .concat(" is ", what)
          .join("")
          .slice(1),
      });

    /**
     * @param {any} type
     * @param {any} value
     * @param {Path} path
     */
    const walk = (type, value, path) => {
      if (!fits(type, value)) {
        tell(
          path,
          `${kindOf(value)}, not ${kinds(type).replace(/ /g, " or ")}`,
        );
        return;
      }
      // Of choices that fit, the first that has what it requires.
      const all = choices(type).filter((choice) => fits(choice, value));
      type =
        all.find((choice) =>
          kindOf(value) === "array"
            ? value.every((/** @type {any} */ item) =>
                fits(choice.slice(1), item),
              )
            : members(choice).every(
                ([key, isRequired]) => !isRequired || value[key],
              ),
        ) ?? all[0];
      const isList = type[0] === "a";
      see?.(value, type, path, members(type));
      if (path.length > DEEP) tell(path, "nested too deeply");
      else if (isList || type[0] === "m") {
        for (const key of Object.keys(value)) {
          walk(type.slice(1), value[key], [...path, isList ? +key : key]);
        }
      } else
        for (const [key, isRequired, held] of members(type)) {
          const found = Object.hasOwn(value, key) ? value[key] : undefined;
          if (found != null) walk(held, found, [...path, key]);
          else if (isRequired && held !== "*") tell([...path, key], "missing");
        }
    };

    walk("0", root, start);
    return issues;
  };
};

/** @param {(value: any) => Issue[]} issuesOf */
const standard = (issuesOf) => ({
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
  return { walk, "~standard": standard((value) => walk(value)) };
};

/** What every event has. */
export const envelope = /* @__PURE__ */ walker(
  "version!,id!,detail-type!,source!,account!,time!,region!,resources!:as,replay-name,detail!:m*",
);

/**
 * @param {string} source
 * @param {string} detailType
 * @param {ReturnType<typeof detail>} detail
 */
export const event = (source, detailType, detail) => ({
  source,
  detailType,
  detail,
  "~standard": standard((value) => {
    const issues = envelope(value);
    if (issues[0]) return issues;
    return has(value, source, detailType)
      ? detail.walk(value.detail, ["detail"])
      : [{ message: `is no ${detailType} from ${source}`, path: [] }];
  }),
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
