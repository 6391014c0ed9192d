"""Reads all fields of an event, each as what it is."""

from kilns import Event, KilnStateChange, extra, is_kiln_state_change, is_known_event, subject
from kilns.envelope import Timestamp
from kilns.views import KilnStateChange as View


def read(detail: KilnStateChange) -> str:
    name: str = detail["KilnName"]
    weight: str = detail["Weight"]
    note: str = detail["Note"].upper()
    colour: str = detail["Colour"].strip()
    status: str = detail["KilnStatus"]
    mood: str = detail["Mood"]
    fired: Timestamp = detail["FiredTime"]
    burner = detail.get("Burner")
    fuel: str | None = burner.get("Fuel") if burner is not None else None
    glaze: str | None = detail.get("Glaze")
    if detail["Mood"] == "Calm" or detail["KilnStatus"] == "Lit":
        return str(extra(detail).get("Cracks"))
    return f"{name} {weight} {note} {colour} {status} {mood} {fired} {fuel} {glaze}"


def view(detail: View) -> str:
    weight: str = detail.weight
    note: str = detail.note.upper()
    return weight + note + str(detail.mood)


def handle(event: Event) -> str | None:
    if is_kiln_state_change(event):
        return read(event["detail"])
    if is_known_event(event) and event["detail-type"] == "Kiln Broken":
        name: str = event["detail"]["KilnName"]
        return name
    return subject(event).status
