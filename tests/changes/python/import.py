"""Names all that there is."""

from kilns import KilnBroken, KilnBrokenEvent, KilnStateChange, is_kiln_broken
from kilns.kiln_state_change import KILN_MOOD_VALUES, Burner, KilnMood
from kilns.patterns import kiln_broken
from kilns.samples import kiln_state_change
from kilns.views import KilnStateChange as View

Types = type[KilnBroken] | type[KilnBrokenEvent] | type[KilnStateChange] | type[Burner]
everything = (is_kiln_broken, KILN_MOOD_VALUES, kiln_broken, kiln_state_change, View)
mood: KilnMood = "Calm"
