// Reads all fields of an event, each as what it is.
import { extra, isKilnStateChange, subject } from "kilns";
import type { Event, KilnStateChange, Timestamp } from "kilns";

export function read(detail: KilnStateChange): string {
  const name: string = detail.KilnName;
  const weight: string = detail.Weight;
  const note: string = detail.Note.toUpperCase();
  const colour: string = detail.Colour.trim();
  const status: string = detail.KilnStatus;
  const mood: string = detail.Mood;
  const fired: Timestamp = detail.FiredTime;
  const fuel: string | null | undefined = detail.Burner?.Fuel;
  const glaze: string | undefined = detail.Glaze ?? undefined;
  if (detail.Mood === "Calm" || detail.KilnStatus === "Lit") {
    return String(extra(detail)["Cracks"]);
  }
  return [name, weight, note, colour, status, mood, fired, fuel, glaze].join();
}

export function handle(event: Event): string | undefined {
  if (event["detail-type"] === "Kiln Broken") {
    const name: string = event.detail.KilnName;
    return name;
  }
  if (isKilnStateChange(event)) {
    return read(event.detail);
  }
  return subject(event).status;
}
