// Makes events, as tests do.
import type { Event, KilnBroken, KilnStateChange, KilnStateChangeEvent } from "kilns";

export const detail: KilnStateChange = {
  KilnName: "oak",
  Weight: "3 kg",
  Note: "dry",
  Colour: "red",
  KilnStatus: "Lit",
  Mood: "Calm",
  FiredTime: 1583831889050,
  Burner: { Fuel: "wood" },
  Glaze: "salt",
};

export const event: KilnStateChangeEvent = {
  version: "0",
  id: "1",
  "detail-type": "Kiln State Change",
  source: "my.kiln",
  account: "111122223333",
  time: "2026-01-02T03:04:05Z",
  region: "eu-west-1",
  resources: [],
  detail,
};

export const broken: KilnBroken = { KilnName: "oak" };
export const one: Event = { ...event, "detail-type": "Kiln Broken", detail: broken };
