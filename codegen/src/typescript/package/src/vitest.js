// Teaches Vitest's `expect` to say `toMatchRule`.

import { expect } from "vitest";
import { toMatchRule } from "./testing.js";

expect.extend({ toMatchRule });
