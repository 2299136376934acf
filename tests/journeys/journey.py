"""One inquiry on its way through the annex flowchart, played over HTTP by the walkthrough's people.

The walkthrough plays the main path of each branch; what it does not need (telephone and paper, posting, mail, the
officer who attests) is added here.
"""

import json
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from inquiry.cli.walkthrough.person import Page, Person, StepFailed
from inquiry.cli.walkthrough.play import READ_BACK, Play, Values
from inquiry.cli.walkthrough.stage import Stage
from inquiry.domain.inquiry import State
from inquiry.store.inquiries import Inquiry
from inquiry.store.ledger import LedgerEntry
from inquiry.web.labels import STATES
from inquiry.workflow.demonstration import BRANCH, SOCIETY
from tests.journeys.everybody import Everybody

CHIYODA, YOKOHAMA = "131016", "141003"
ITEMS = ["SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-06", "SHIKAKU-07"]
NEEDED_BY = "令和20年12月1日"
# Somebody looked; the inquiry did not move.
READINGS = {"inquiry:read", "roster:searched", "answer:read"}


@dataclass
class Cast:
    """Everybody, logged in once for all journeys."""

    clerk: Person
    officer: Person
    attesting_officer: Person  # of the branch, which keeps no roster here


def cast(stage: Stage) -> Cast:
    return Cast(*(stage.enters(name, name) for name in ("clerk", "officer", "officer2")))


class Journey(Play):
    """A play of one inquiry, step by step."""

    insurer = SOCIETY
    town = (CHIYODA, "千代田区")  # who asks by telephone or paper
    _latest: Person | None = None

    def _opens(self, who: Person, page: str = "") -> Page:
        """Open the page; the one that somebody's own last act led to is fresh while nobody else came between."""
        is_fresh = self._latest is who and urllib.parse.urlsplit(who.page.url).path == self._path() + page
        self._latest = who
        return who.page if is_fresh else super()._opens(who, page)

    def of(self, people: Cast | Everybody) -> "Journey":
        self.clerk, self.officer = people.clerk, people.officer
        return self

    def at_the_branch(self, people: Cast) -> "Journey":
        """Ask an insurer that keeps no roster here."""
        self.of(people)
        self.officer, self.insurer = people.attesting_officer, BRANCH
        return self

    # STEP1 ②

    def files(self, person: Values, channel: str = "call_back", **more: str) -> "Journey":
        """照会（本システム）."""
        if channel == "letter":
            more.setdefault("needed_by", NEEDED_BY)
        form = self._opens_form(self.clerk, "/filing")
        self.clerk.sends(form, insurer=self.insurer, procedure="YOBO-16", next="items")
        return self._sends_off(self.clerk, form, {**self._asked(channel), **person, **more})

    def takes_in(self, entrance: str, person: Values, channel: str = "call_back", **more: str) -> "Journey":
        """照会（電話）, 照会（文書）: the officer types in what was heard or read."""
        if channel == "letter":
            more.setdefault("needed_by", NEEDED_BY)
        form = self._opens_form(self.officer, "/intake")
        code, name = self.town
        self.officer.sends(form, municipality=name, procedure="YOBO-16", next="items")
        self.officer.sends(form, municipality_pick=code, next="find")
        heard = {
            "entrance": entrance,
            "section": "健康推進課",
            "person": "山田 花子",
            "heard_telephone": "03-0000-9876",
        }
        return self._sends_off(self.officer, form, {**self._asked(channel), **heard, **person, **more})

    def _opens_form(self, who: Person, start: str) -> str:
        return urllib.parse.urlsplit(who.goes_to(start).url).path

    def _asked(self, channel: str) -> Values:
        return {
            "insurer_evidence": "certificate",
            "reason": "E01",
            "network_reference": "A-0001",
            "procedure": "YOBO-16",
            "items": ITEMS,
            "channel": channel,
        }

    def _sends_off(self, who: Person, form: str, values: Values) -> "Journey":
        page = who.sends(form, **values)
        if not page.url.endswith("/check"):
            raise StepFailed("the inquiry was not accepted")
        self.inquiry = f"/inquiries/{who.sends('/check').url.rsplit('/', 1)[1]}"
        self.expects(State.FILED)
        return self

    # STEP2 ③-④

    def confirmed(self, channel: str = "call_back") -> "Journey":
        self._confirms(channel)
        return self

    def identified(self, state: State) -> "Journey":
        """④ by the roster kept here."""
        self._identifies(state)
        return self

    def attested(self, finding: str, state: State) -> "Journey":
        """④ by what the officer saw in the insurer's own system."""
        equal = dict.fromkeys(("name", "birth_date", "sex"), "equal") if finding == "one" else {}
        return self.officer_does("/attest", state, finding=finding, **equal)

    # STEP2 ⑤

    def prepared(self, channel: str, *, told: dict[str, str] | None = None) -> "Journey":
        self._opens(self.officer)
        self.officer_does("/prepare", None, channel=channel, **(told or {}))
        return self

    def called(self) -> "Journey":
        """The main line is called and the clerk reads out the word on their page."""
        self._calls()
        return self

    def called_without_words(self) -> "Journey":
        """Nobody of the municipality is in the system: two checks on the main line stand in for the words."""
        self.officer_does("/call/start", None)
        checks = ["put_through", "knows_inquiry"]
        return self.officer_does("/call/hear", None, reached="健康推進課 山田様", checks=checks)

    def rung_off(self) -> "Journey":
        return self.officer_does("/call/end", None, outcome="reached")

    def told_by_call(self, state: State = State.ANSWERED) -> "Journey":
        return self.officer_does("/call/answer", state, read_back=READ_BACK).rung_off()

    def file_made(self) -> str:
        """Make the locked file and return its password."""
        self._opens(self.officer)
        return self.officer.sends(f"{self._path()}/file/make").shown("文書を開くパスワード")

    def officer_does(self, action: str, state: State | None, **values: str | list[str]) -> "Journey":
        self._officer(action, action, state, **values)
        return self

    def clerk_does(self, action: str, state: State | None, **values: str) -> "Journey":
        self._clerk(action, action, state, **values)
        return self

    def downloads(self, who: Person, action: str) -> bytes:
        """Press a button that hands out a file."""
        self._opens(who)
        # Fetching an answer asks for one's own password again.
        again = {"password": self.stage.password} if action == "/answer" else {}
        page = who.sends(f"{self._path()}{action}", **again)
        if page.status != 200 or page.media_type == "text/html":
            raise StepFailed(f"{action} handed out no file")
        return page.content

    # What stands at the end

    def seen_by(self, who: Person) -> Page:
        """Open the page anew, whatever happened meanwhile."""
        self._latest = who
        return who.goes_to(self.inquiry)

    @property
    def inquiry_id(self) -> str:
        return self._path().rsplit("/", 1)[1]

    @property
    def number(self) -> str:
        """Return the receipt number."""
        with self.stage.house.reading() as work:
            return str(work.session.scalar(select(Inquiry.number).where(Inquiry.id == self.inquiry_id)))

    @property
    def state(self) -> State:
        with self.stage.house.reading() as work:
            return State(work.session.scalar(select(Inquiry.state).where(Inquiry.id == self.inquiry_id)))

    def deeds(self) -> list[str]:
        """Return what the inquiry's chain in the ledger says was done, in order, without the readings."""
        query = select(LedgerEntry.body).where(LedgerEntry.chain_id == self.inquiry_id).order_by(LedgerEntry.seq)
        with self.stage.house.reading() as work:
            events = [json.loads(body)["event"] for body in work.session.scalars(query)]
        return [event.removeprefix("inquiry:") for event in events if event not in READINGS]

    def expects(self, state: State) -> Page:
        """The database and the page of whoever plays the insurer say the same."""
        assert self.state is state
        page = self._opens(self.officer)
        assert STATES[state] in page.text
        return page


def journey(stage: Stage, people: Cast, folder: Path) -> Journey:
    return Journey(stage, folder).of(people)
