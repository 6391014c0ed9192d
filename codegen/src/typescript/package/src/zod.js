// An event's type comes in; its schema of zod 4 goes out.

import { z } from "zod";
import { schemaOf } from "./schemas.js";

/** @param {{ source: string; detailType: string }} type */
export const zodOf = (type) => z.fromJSONSchema(schemaOf(type));
