// Names all that there is.
import { Event as AnyEvent, KilnStateChangeEvent, isKilnBroken, isKilnStateChange } from "kilns";
import { KilnStateChange as OfGroup } from "kilns/kiln";
import type { KilnBroken, KilnBrokenEvent, KilnStateChange, kilnStateChange } from "kilns";

export type All = [KilnBroken, KilnBrokenEvent, KilnStateChange, kilnStateChange.Burner, kilnStateChange.KilnMood];
export const all = [AnyEvent, KilnStateChangeEvent, isKilnBroken, isKilnStateChange, OfGroup];
