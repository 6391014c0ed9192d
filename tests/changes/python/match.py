"""Matches all that there is."""

from kilns import Event, KnownEvent, is_, is_known_event
from kilns.kiln_state_change import KilnMood


def mood(value: KilnMood) -> str:
    if value == "Calm":
        return "calm"
    if is_(value, "Wild"):
        return "wild"
    return value


def known(event: KnownEvent) -> str:
    if event["detail-type"] == "Kiln State Change":
        return mood(event["detail"]["Mood"])
    if event["detail-type"] == "Kiln Broken":
        return event["detail"]["KilnName"]
    return event["detail-type"]


def handle(event: Event) -> str:
    return known(event) if is_known_event(event) else event["detail-type"]
