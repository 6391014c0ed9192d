"""Makes events, as tests do."""

from kilns import Event, KilnBroken, KilnStateChange, KilnStateChangeEvent
from kilns.samples import kiln_state_change

detail: KilnStateChange = {
    "KilnName": "oak",
    "Weight": "3 kg",
    "Note": "dry",
    "Colour": "red",
    "KilnStatus": "Lit",
    "Mood": "Calm",
    "FiredTime": 1583831889050,
    "Burner": {"Fuel": "wood"},
    "Glaze": "salt",
}

event: KilnStateChangeEvent = {
    "version": "0",
    "id": "1",
    "detail-type": "Kiln State Change",
    "source": "my.kiln",
    "account": "111122223333",
    "time": "2026-01-02T03:04:05Z",
    "region": "eu-west-1",
    "resources": [],
    "detail": detail,
}

broken: KilnBroken = {"KilnName": "oak"}
one: Event = event
made = kiln_state_change()
