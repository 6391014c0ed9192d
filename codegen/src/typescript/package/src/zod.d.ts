import type { ZodType } from "zod";
import type { EventSchema } from "./types.js";

/** The schema of an event's type for zod 4. What is not documented is kept. */
export declare function zodOf<E>(type: EventSchema<E>): ZodType<E>;
