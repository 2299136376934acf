"""The people of the small world at their browsers, over days (利用者たち)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from inquiry.cli.walkthrough.person import Person
from inquiry.cli.walkthrough.stage import Stage
from tests.world import Clock

# Whom `tests.world.member` is, as a clerk writes it.
SATO = {"written": "髙橋　太郎", "kana": "タカハシ　タロウ", "birth_date": "S33.4.1", "sex": "1"}
AWAY = timedelta(minutes=20)


@dataclass
class Everybody:
    """Whoever is named is logged in: `everybody.clerk`; who comes back after a while logs in again."""

    stage: Stage = field(repr=False)
    clock: Clock
    _seats: dict[str, tuple[Person, datetime]] = field(default_factory=dict, repr=False)

    def __getattr__(self, name: str) -> Person:
        if name.startswith("_"):
            raise AttributeError(name)
        person, last_seen = self._seats.get(name, (None, self.clock.now))
        if person is None or self.clock.now - last_seen > AWAY:
            person = self.stage.enters(name, name)
        self._seats[name] = person, self.clock.now
        return person

    def stranger(self) -> Person:
        """Return somebody who has not logged in."""
        return Person("stranger", self.stage.base)
