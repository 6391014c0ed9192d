// Teaches Jest's `expect` to say `toMatchRule`.

import { expect } from "@jest/globals";
import { toMatchRule } from "./testing.js";

expect.extend({ toMatchRule });
