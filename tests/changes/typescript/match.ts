// Matches all that there is.
import { is, isKnownEvent, kilnStateChange } from "kilns";
import type { Event, KnownEvent } from "kilns";

export function any(event: Event): string {
  if (event["detail-type"] === "Kiln State Change" && is(event.detail.Mood, "Wild")) {
    return "asked";
  }
  switch (event["detail-type"]) {
    case "Kiln State Change":
      switch (event.detail.Mood) {
        case "Calm":
          return kilnStateChange.KilnMood.Calm;
        case "Wild":
          return kilnStateChange.KilnMood.Wild;
        default:
          return event.detail.Mood;
      }
    case "Kiln Broken":
      return event.detail.KilnName;
    default:
      return event["detail-type"];
  }
}

export function known(event: KnownEvent): string {
  switch (event["detail-type"]) {
    case "Kiln State Change":
      return event.detail.KilnName;
    case "Kiln Broken":
      return event.detail.KilnName;
    default:
      return event["detail-type"];
  }
}

export const asked = (event: unknown) => (isKnownEvent(event) ? known(event) : "");
