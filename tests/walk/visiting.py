"""Everybody at their browsers in random order: pages are read, a form or a link is chosen, filled in and sent.

The walk knows no address by heart but where people begin; everything else it finds on the pages. The product has no
programming interface beside its pages: the few addresses that answer in JSON (suggestions, progress, the public list)
stand on pages and are walked like links.
"""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import text

from inquiry.domain.errors import InquiryError
from inquiry.workflow.dispatching import send_one
from tests.walk.oracle import Known, Oracle
from tests.walk.plausible import ASKED_ABOUT, FILES, ITEMS, ODD, TOWNS, Somebody, a_my_number, filled
from tests.walk.walker import members
from tests.walk.witness import Reader, Witness
from tests.web.visitor import Page, Visitor
from tests.world import BRANCH, CHIYODA, PASSWORD, SAPPORO, SOCIETY, World

OPEN_AT_ONCE = 8
PEOPLE = ("clerk",) * 6 + ("officer",) * 9 + ("supervisor",) * 4 + ("other_officer", "other_clerk") * 2
ONLOOKERS = ("pmo", "other_pmo", "auditor", "stranger")
DOORS = {
    "clerk": ("/desk", "/filing"),
    "other_clerk": ("/desk", "/filing"),
    "officer": ("/queue", "/queue", "/intake", "/settings", "/letter-runs"),
    "supervisor": ("/queue", "/queue", "/four-eyes", "/settings", "/letter-runs"),
    "other_officer": ("/queue",),
    "pmo": ("/",),
    "other_pmo": ("/",),
    "auditor": ("/",),
    "stranger": ("/difficult-insurers", "/verify"),
}
BEGINNING = {"clerk": "/filing", "other_clerk": "/filing", "officer": "/intake"}
# Whoever locks a walker out or turns the roster or its rules over ends the walk, or what it knows: these are only read.
UNTOUCHED = ("/account/password", "/organisations", "/rosters", "/matching-rules", "/difficulty", "/own-entry",
             "/municipalities", "/contacts", "/amendments", "/lists", "/logout", "/seal/")  # fmt: skip
RARELY = ("/delete", "/withdraw", "/refuse", "/discard", "/delay", "/identify-again", "/retract", "/escalate",
          "/number-trouble", "/declare", "/take-over", "/caller-doubted")  # fmt: skip
INQUIRY = re.compile(r"^/inquiries/([^/?]+)")
DRAFT = re.compile(r"^/filing/([0-9a-f-]{36})(?=/|$)")
FILED = {"reason": "E01", "error_at": "令和8年11月25日", "error_time": "09:30", "insurer_evidence": "certificate"}
REFUSALS = frozenset({400, 404, 409, 422, 429})
_STATES = "SELECT id, state FROM inquiry"
_CALL = "SELECT id, municipality_word, confirmed_at FROM call_back WHERE inquiry_id = :inquiry AND ended_at IS NULL"


@dataclass
class Seat:
    """Somebody at a browser: who they are, and the page that lies open."""

    reader: Reader
    visitor: Visitor
    page: Page | None = None
    is_fresh: bool = False


@dataclass
class Draft:
    """What somebody means to file: with which insurer or for which town, and about whom."""

    about: Somebody
    typed: dict[str, Any] = field(default_factory=dict)


class Visiting:
    """Walks over the screens; every breach that oracle and witness find stands in `breaches`."""

    def __init__(self, app: Flask, world: World, seed: int, receiver: Any = None) -> None:
        self.random, self.world, self.receiver = Random(seed), world, receiver
        self.known, self.witness = Known(), Witness(world.house)
        self.oracle = Oracle(world.house, self.known)
        self.accepted: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.breaches: list[str] = []
        self.states: dict[str, str] = {}
        self.drafts: dict[str, Draft] = {}
        self.addresses: list[str] = ["/"]
        world.take_over_roster(*members())
        self.seats = {name: self._seat(app, name) for name in sorted({*PEOPLE, *ONLOOKERS})}

    def walk(self, steps: int) -> None:
        """Take so many steps."""
        for number in range(steps):
            self.world.clock.forward(seconds=1)
            since, doing, before = self.world.clock.now, "mail", len(self.breaches)
            try:
                if self.receiver is not None and self.random.random() < 0.02:
                    self._post()
                else:
                    doing = self._step()
            except Exception as error:  # whatever breaks is a breach, and the walk goes on
                self._breach(f"{type(error).__name__}: {error}"[:600])
            self._look(since)
            self.breaches[before:] = [f"step {number}, {doing}: {each}" for each in self.breaches[before:]]

    # Who, where, what

    def _seat(self, app: Flask, name: str) -> Seat:
        world = self.world
        number, insurer_id = {"other_officer": (BRANCH, world.branch_id)}.get(name, (SOCIETY, world.insurer_id))
        if name in ("officer", "supervisor", "other_officer"):
            reader = Reader(name, insurer_number=number, insurer_id=insurer_id)
        else:
            reader = Reader(name, municipality={"clerk": CHIYODA, "other_clerk": SAPPORO}.get(name, ""))
        return Seat(reader, Visitor(app.test_client()))

    def _step(self) -> str:
        name = self.random.choice(PEOPLE if self.random.random() < 0.95 else ONLOOKERS)
        seat = self.seats[name]
        if self.random.random() < 0.03:
            return self._trespass(seat)
        is_begun = seat.page is not None and DRAFT.match(seat.page.path) is not None
        if seat.page is None or self.random.random() < (0.03 if is_begun else 0.35):
            return self._open(seat, self._somewhere(seat))
        if self.random.random() < 0.05:
            self.world.clock.forward(minutes=self.random.choice((1, 5, 20, 61)))
        elif not seat.is_fresh and self.random.random() < 0.6:
            self._open(seat, seat.page.path)
        path = seat.page.path
        forms = [each for each in seat.page.tree.xpath("//main//form") if _is_touched(each.get("action") or path)]
        links = [each for each in seat.page.tree.xpath("//main//a/@href") if _is_ours(each)]
        if forms and (not links or self.random.random() < (0.97 if is_begun else 0.8)):
            weights = [_weight(each.get("action") or "") for each in forms]
            # Where only what is rare can be done, people mostly leave it and look at something else.
            if self.random.random() < max(weights):
                return self._send(seat, self.random.choices(forms, weights)[0])
        return self._open(seat, self.random.choice(links), is_link=True) if links else ""

    def _somewhere(self, seat: Seat) -> str:
        ours = [each for each, state in self.states.items() if state not in ("settled", "withdrawn")]
        if len(ours) < OPEN_AT_ONCE and self.random.random() < 0.6:
            return BEGINNING.get(seat.reader.name, "/queue")
        if ours and self.random.random() < 0.9:
            inquiry_id = self.random.choice(ours[-2 * OPEN_AT_ONCE :])
            return f"/inquiries/{inquiry_id}" + ("/call" if self._is_calling(inquiry_id) and _calls(seat) else "")
        return self.random.choice(DOORS[seat.reader.name])

    def _is_calling(self, inquiry_id: str) -> bool:
        with self.world.house.reading() as work:
            return work.session.execute(text(_CALL), {"inquiry": inquiry_id}).first() is not None

    def _trespass(self, seat: Seat) -> str:
        """Open an address that somebody else was at."""
        address = self.random.choice(self.addresses)
        lies_open = seat.page
        self._take(seat, seat.visitor.client.get(address), address)
        seat.page, seat.is_fresh = lies_open, False
        return f"{seat.reader.name} trespasses {address}"

    # Opening and sending

    def _open(self, seat: Seat, address: str, *, is_link: bool = False) -> str:
        doing = f"{seat.reader.name} opens {address}"
        was_fresh, response = seat.is_fresh, seat.visitor.client.get(address)
        for _ in range(5):
            if response.status_code not in (302, 303):
                break
            address = response.location
            response = seat.visitor.client.get(address)
        if address.startswith("/login") and seat.reader.name != "stranger":
            return self._log_in(seat, response)
        if is_link and was_fresh and response.status_code >= 400:
            self._breach(f"a link of the page leads to {response.status_code}: {address}")
        self._take(seat, response, address)
        return doing

    def _log_in(self, seat: Seat, response: Any) -> str:
        page = Page(response, "/login")
        page = seat.visitor.send(page, "/login", login_name=seat.reader.name, password=PASSWORD)
        self._read(seat, page)
        return f"{seat.reader.name} logs in"

    def _send(self, seat: Seat, form: Any) -> str:
        assert seat.page is not None
        action = form.get("action") or seat.page.path
        doing = f"{seat.reader.name} sends {_shape(action)}"
        if (form.get("method") or "get").lower() == "get":
            values = filled(self.random, form, {}, self._oddity())
            self._take(seat, seat.visitor.client.get(action.split("?")[0], query_string=values), action)
            return doing
        for kept_for_scripts in form.xpath(".//template"):
            kept_for_scripts.drop_tree()
        typed = self._typed(seat, action, form)
        button = self._button(form, typed)
        values = [*filled(self.random, form, typed, self._oddity()), *button]
        self._before(action, values)
        was_fresh, response = seat.is_fresh, seat.visitor.client.post(action, data=_multi(values, self._files(form)))
        status = response.status_code
        if status in REFUSALS:
            self.refused[f"{_shape(action)} {status}"] += 1
            # The day goes on between a page and its form, so what it offered may be over; an address may not.
            if was_fresh and status in (400, 404):
                self._breach(f"a form of the page ends in {status}: {action}")
        elif status < 400:
            self.accepted[_shape(action)] += 1
            for other in self.seats.values():
                other.is_fresh = False
            self._after(seat, action, values, response)
        if status in (302, 303):
            self._open(seat, response.location)
        else:
            self._take(seat, response, action)
        return doing

    def _take(self, seat: Seat, response: Any, address: str) -> None:
        """Read what the server said, and let the witness look at it."""
        if response.status_code >= 500:
            self._breach(f"{response.status_code} at {address}")
        if response.mimetype == "text/html" and response.data:
            self._read(seat, Page(response, address))
        elif response.data and response.mimetype != "text/css":
            name = re.search(r"filename=\"?([^\";]+)", response.headers.get("Content-Disposition", "")) or [0, "x.txt"]
            self.breaches += self.witness.breaches_of_file(seat.reader, str(name[1]), response.data)

    def _read(self, seat: Seat, page: Page) -> None:
        whole = page.response.get_data(as_text=True)
        self.breaches += self.witness.breaches(seat.reader, page.tree.text_content(), is_page=True)
        if "Traceback" in whole:
            self._breach(f"a trace of the machinery stands on {page.path}")
        if page.status < 400 and not page.path.startswith("/login"):
            self.addresses = [*self.addresses[-200:], page.path]
            seat.page, seat.is_fresh = page, page.status == 200
        else:
            # A refusal leaves the page before it open, as the button for going back would.
            seat.is_fresh = False
            seat.page = page if page.status == 422 and page.tree.xpath("//main//form") else seat.page

    # What is typed

    def _oddity(self) -> Callable[[], str | None]:
        """Choose for a whole form: most are filled in with care, or long ones would hardly ever be taken."""
        return self._odd if self.random.random() < 0.3 else lambda: None

    def _odd(self) -> str | None:
        drawn = self.random.random()
        if drawn < 0.94:
            return None
        if drawn < 0.95:
            number = a_my_number(self.random)
            self.witness.numbers.add("".join(re.findall("[0-9]", number)))
            return number
        return self.random.choice(ODD)

    def _typed(self, seat: Seat, action: str, form: Any) -> dict[str, Any]:
        inquiry_id = _inquiry_of(action)
        if action.endswith("/prepare"):
            told = {name: ITEMS.get(name, "") for name in form.fields if name in ITEMS}
            return told | {
                name: self.witness.mark_for(inquiry_id) for name in form.fields if _is_item(name) and name not in ITEMS
            }
        if action.endswith("/call/hear"):
            return {"word": self._word(inquiry_id)}
        draft = DRAFT.match(action)
        return self._draft(seat, draft[1]).typed if draft else {}

    def _word(self, inquiry_id: str) -> str:
        with self.world.house.reading() as work:
            call = work.session.execute(text(_CALL), {"inquiry": inquiry_id}).mappings().first()
        right = call["municipality_word"] if call else ""
        return right if right and self.random.random() < 0.75 else self.random.choice(("ちがう", right[:-1] or "あ"))

    def _draft(self, seat: Seat, draft_id: str) -> Draft:
        if draft_id not in self.drafts:
            is_clerk = bool(seat.reader.municipality)
            town = seat.reader.municipality or self.random.choice(tuple(TOWNS))
            number = seat.reader.insurer_number or self.random.choice((SOCIETY, SOCIETY, BRANCH))
            about = self.random.choice(ASKED_ABOUT[town, number])
            named = {"insurer": number} if is_clerk else {"municipality": TOWNS[town]}
            procedure = self.random.choice(("YOBO-16", "YOBO-16", "SEIHO", "JIDOTEATE"))
            self.drafts[draft_id] = Draft(about, {**about.typed, **named, **FILED, "procedure": procedure})
        return self.drafts[draft_id]

    def _button(self, form: Any, typed: dict[str, Any]) -> list[tuple[str, str]]:
        """Choose a button; the items of a procedure stand on the page once it was asked for them."""
        named = [(each.get("name"), each.get("value") or "") for each in form.xpath(".//button[@name]")]
        plain = form.xpath(".//button[not(@name)]")
        if ("next", "items") in named and form.fields["procedure"] != typed.get("procedure"):
            return [("next", "items")]
        return [self.random.choice(named)] if named and (not plain or self.random.random() < 0.15) else []

    def _files(self, form: Any) -> dict[str, Any]:
        files = {}
        for name in form.xpath(".//input[@type='file']/@name"):
            file_name, content = self.random.choice(FILES)
            files[name] = (io.BytesIO(content), file_name)
        return files

    # What the walk knows and no row can tell

    def _before(self, action: str, values: list[tuple[str, str]]) -> None:
        if action.endswith("/call/answer"):
            self.known.read_back[_inquiry_of(action)] = {value for name, value in values if name == "read_back"}

    def _after(self, seat: Seat, action: str, values: list[tuple[str, str]], response: Any) -> None:
        if action.endswith("/check") and response.location and "/filing/sent/" in response.location:
            inquiry_id = response.location.rsplit("/", 1)[1]
            about = self.drafts[DRAFT.match(action)[1]].about  # type: ignore[index]  # the form stood there
            if about.members is not None and seat.reader.insurer_number != BRANCH:
                self.known.matching[inquiry_id] = about.members
            if about.is_withheld:
                self.known.withheld.add(inquiry_id)
        if action.endswith(("/call/take-over", "/call/hear", "/caller-doubted", "/file/address")):
            self._after_hearing(action, values)
        if action.endswith("/dates"):
            self.known.matching.pop(_inquiry_of(action), None)
        if action.endswith("/answer") and seat.reader.municipality and response.mimetype != "text/html":
            inquiry_id, content = _inquiry_of(action), response.get_data()
            if response.status_code == 200:
                self.breaches += self.oracle.breaches_of_fetching(inquiry_id, seat.reader.municipality, content)

    def _after_hearing(self, action: str, values: list[tuple[str, str]]) -> None:
        calls, right = self._open_calls(_inquiry_of(action)), self.known.right_words
        if action.endswith("/file/address"):
            self.known.heard_on |= {each for each, word in calls.items() if not word or each in right}
            return
        # Another word than the right one undoes it, and for whoever takes over they are dealt anew.
        right.difference_update(calls)
        right.update(each for each, word in calls.items() if ("word", word) in values)
        if not action.endswith("/take-over"):
            self.known.heard_on -= {each for each, word in calls.items() if word and each not in right}

    def _open_calls(self, inquiry_id: str) -> dict[str, str]:
        """Return the calls of an inquiry that last, and the word that each waits for; "" where none was dealt."""
        with self.world.house.reading() as work:
            rows = work.session.execute(text(_CALL), {"inquiry": inquiry_id}).mappings()
            return {row["id"]: row["municipality_word"] for row in rows}

    def _post(self) -> None:
        """Let the worker send what waits, and read what arrived as whoever sits on the line would."""
        try:
            send_one(self.world.house, self.world.operator)
        except InquiryError as refusal:
            self.refused[f"mail {refusal.code}"] += 1
        for mail in self.receiver.arrived:
            said = [str(mail["subject"]), *(part.get_content() for part in mail.walk() if _is_text(part))]
            self.breaches += self.witness.breaches_of_mail(said)
            self.accepted["mail"] += 1
        self.receiver.arrived.clear()

    def _look(self, since: Any) -> None:
        self.breaches += self.oracle.breaches(since)
        with self.world.house.reading() as work:
            now = {row.id: row.state for row in work.session.execute(text(_STATES))}
        for inquiry_id in [each for each, state in now.items() if self.states.get(each) != state]:
            self.breaches += self.oracle.breaches_of_state(inquiry_id)
        self.states = now

    def _breach(self, said: str) -> None:
        self.breaches.append(said)


def _is_touched(action: str) -> bool:
    return not action.startswith(UNTOUCHED)


def _weight(action: str) -> float:
    if action.endswith("/prepare"):
        return 0.5
    if action.endswith(RARELY) or "/letters/" in action:
        return 0.05
    return 5 if re.search(r"/(call|file|letter|mail)/|/answer$|/confirm$|/identify$", action) else 1


def _is_ours(address: str) -> bool:
    return address.startswith("/") and not address.startswith(("/static", "/logout"))


def _calls(seat: Seat) -> bool:
    return bool(seat.reader.insurer_id)


def _is_item(name: str) -> bool:
    return name.startswith(("SHIKAKU-", "KYUFU-", "TOKUTEI-"))


def _is_text(part: Any) -> bool:
    return bool(part.get_content_maintype() == "text")


def _inquiry_of(action: str) -> str:
    found = INQUIRY.match(action)
    return found[1] if found else ""


def _shape(action: str) -> str:
    """Return an address without what is different each time."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9A-Za-z_-]{20,}", "…", action.split("?", maxsplit=1)[0])


def _multi(values: list[tuple[str, str]], files: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for name, value in values:
        sent.setdefault(name, []).append(value)
    return sent | files
