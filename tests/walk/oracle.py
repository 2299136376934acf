"""What the memo allows, said once more and read from the rows alone: nothing of the product's own rules is used here.

Source    memo annex STEP2 ③-⑤, ※2, ※3, ※5; annex flowchart (1)(2)(3).

The rows say what the product wrote down; what was said on the telephone, and who is whom, the walk knows itself.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from inquiry.workflow.work import House

HOUR = timedelta(hours=1)
ALL_THREE = {"name", "birth_date", "sex"}
ENROLMENT = {f"SHIKAKU-{number:02}" for number in range(1, 14)}
BENEFITS = {f"KYUFU-{number:02}" for number in range(1, 8)}
# Under which procedure what may be told, as the ministry's tables have it; the walk files under no other.
ALLOWED = {
    "YOBO-16": {f"SHIKAKU-{number:02}" for number in range(1, 9)} | {"KYUFU-01", "KYUFU-03", "KYUFU-07"},
    "SEIHO": ENROLMENT | {"KYUFU-01", "KYUFU-04", "KYUFU-05"},
    "JIDOTEATE": {"SHIKAKU-05", "SHIKAKU-06"},
}
FINDINGS = {0: "none", 1: "one"}
OLE, PDF = bytes.fromhex("d0cf11e0a1b11ae1"), b"%PDF"

_ANSWER = """
    SELECT a.*, i.state, i.municipality_joined_at, i.procedure, i.items AS asked, i.confirmed_at AS inquirer_confirmed_at,
           i.insurer_id, i.municipality_code, m.main_line
    FROM answer a JOIN inquiry i ON i.id = a.inquiry_id JOIN municipality m ON m.code = i.municipality_code
"""
_NEWLY_GIVEN = _ANSWER + "WHERE a.given_at IS NOT NULL AND a.given_at >= :since"
_ONE = _ANSWER + "WHERE a.id = :id"
_IN_FORCE = """
    SELECT * FROM identification WHERE inquiry_id = :inquiry AND set_aside_at IS NULL ORDER BY made_at DESC LIMIT 1
"""
_CALL = "SELECT * FROM call_back WHERE inquiry_id = :inquiry AND ended_at IS NULL"
# A draft waits under the rule that was in force when it was first prepared about its finding, and under every later one;
# in place of an answer that was taken back it is another draft.
_RULES = """
    SELECT requirement, triggers FROM four_eyes_edition WHERE insurer_id = :insurer AND (set_at > :since OR number = (
        SELECT max(number) FROM four_eyes_edition WHERE insurer_id = :insurer AND set_at <= :since))
"""
_PREPARED = """
    SELECT min(s.at) FROM step s JOIN identification d ON d.inquiry_id = s.inquiry_id
    WHERE d.id = :finding AND s.event = 'answer_prepared' AND s.at >= d.made_at AND s.seq > coalesce((
        SELECT max(r.seq) FROM step r WHERE r.inquiry_id = s.inquiry_id AND r.event LIKE 'retract%'), -1)
"""
_RELEASE = "SELECT * FROM answer_release WHERE answer_id = :answer"
_ANSWERED_BEFORE = """
    SELECT 1 FROM answer a JOIN inquiry i ON i.id = a.inquiry_id
    WHERE i.insurer_id = :insurer AND i.municipality_code = :municipality AND a.given_at IS NOT NULL AND a.id <> :answer
"""
# Who wrote what leaves, made its file or letter, heard its address: each the latest time, since it was last written.
_MADE = """
    SELECT event, at, "by" FROM step
    WHERE inquiry_id = :inquiry AND event IN ('answer_prepared', 'file_made', 'letter_released', 'address_heard')
    AND seq >= (SELECT max(seq) FROM step WHERE inquiry_id = :inquiry AND event = 'answer_prepared') ORDER BY seq
"""
_REMADE = """
    SELECT at, by FROM step WHERE inquiry_id = :inquiry AND event = 'file_remade' AND at >= :given ORDER BY seq DESC LIMIT 1
"""
_RULE_AT = """
    SELECT requirement FROM four_eyes_edition WHERE insurer_id = :insurer AND set_at <= :at ORDER BY number DESC LIMIT 1
"""
_CLOSED = "SELECT id, state FROM inquiry WHERE id = :inquiry"
_STANDING = """
    SELECT id, channel, handed_out_at, posted_on FROM answer
    WHERE inquiry_id = :inquiry AND given_at IS NOT NULL AND id NOT IN (SELECT answer_id FROM retraction)
"""

Row = Mapping[str, Any]


@dataclass
class Known:
    """What the walk knows and no row can tell."""

    matching: dict[str, int] = field(default_factory=dict)  # how many members are the person asked about
    withheld: set[str] = field(default_factory=set)  # inquiries about a person whose record is 不開示
    right_words: set[str] = field(default_factory=set)  # calls in which the right word was read out, and no other since
    heard_on: set[str] = field(default_factory=set)  # calls on which an address was read out while that was so
    read_back: dict[str, set[str]] = field(default_factory=dict)  # what was repeated rightly when the answer was told


class Oracle:
    """Looks at the rows after every step and names each condition of the memo that an answer left without."""

    def __init__(self, house: House, known: Known) -> None:
        self._house, self._known = house, known
        self._seen: set[str] = set()
        self.left = 0

    def breaches(self, since: datetime) -> list[str]:
        """Return what is wrong with the answers that left since a moment."""
        with self._house.reading() as work:
            rows = work.session.execute(text(_NEWLY_GIVEN), {"since": _written(since)}).mappings().all()
            new = [row for row in rows if row["id"] not in self._seen]
            self._seen = {row["id"] for row in rows}
            self.left += len(new)
            return [f"{row['channel']}: {said}" for row in new for said in self._missing(work, row, row["given_by"])]

    def breaches_of_reading(self, answer_id: str, reader: str) -> list[str]:
        """Return what is wrong where an answer was shown to be read out."""
        with self._house.reading() as work:
            row = work.session.execute(text(_ONE), {"id": answer_id}).mappings().one()
            missing = self._missing(work, row, reader)
            return [f"read out: {said}" for said in missing if not said.startswith("read back")]

    def breaches_of_fetching(self, inquiry_id: str, municipality: str, content: bytes) -> list[str]:
        """Return what is wrong where a municipality fetched a file."""
        with self._house.reading() as work:
            standing = work.session.execute(text(_STANDING), {"inquiry": inquiry_id}).mappings().all()
            if len(standing) != 1 or standing[0]["handed_out_at"] or standing[0]["posted_on"]:
                return ["fetched: no answer waits in the system"]
            row = work.session.execute(text(_ONE), {"id": standing[0]["id"]}).mappings().one()
            if row["municipality_code"] != municipality:
                return ["fetched: another municipality's answer"]
            if row["channel"] == "file" and not _is_locked(content):
                return ["fetched: the file is not locked"]
            if row["channel"] == "call_back":
                return ["fetched: an answer that was told"]
            return [f"fetched: {said}" for said in self._remade_unseen(work, row)]

    def breaches_of_state(self, inquiry_id: str) -> list[str]:
        """Return what is wrong where an inquiry counts as answered, or its answer is told on the clerk's page."""
        with self._house.reading() as work:
            state = work.session.execute(text(_CLOSED), {"inquiry": inquiry_id}).mappings().one()["state"]
            standing = work.session.execute(text(_STANDING), {"inquiry": inquiry_id}).all()
        if state == "answered" and len(standing) != 1:
            return [f"answered with {len(standing)} answers that stand"]
        return ["an answer stands although nobody was answered"] if standing and state in _UNANSWERED else []

    # The conditions, in the memo's order

    def _missing(self, work: Any, row: Row, by: str) -> Iterator[str]:
        if row["inquirer_confirmed_at"] is None:
            yield "③ the inquirer was not confirmed"
        found = work.session.execute(text(_IN_FORCE), {"inquiry": row["inquiry_id"]}).mappings().first()
        if found is None or found["id"] != row["identification_id"]:
            yield "④ what is told rests on no finding, or on another one"
            return
        yield from self._wrong_finding(row, found)
        yield from self._wrong_content(work, row)
        if row["inquiry_id"] in self._known.withheld and found["basis"] == "roster":
            opened = work.session.execute(
                text("SELECT opened_by FROM withheld_opening WHERE identification_id = :id"), {"id": found["id"]}
            ).scalar()
            if opened is None or opened == found["made_by"]:
                yield "the record is withheld, and no second person opened it"
        yield from self._unreleased(work, row)
        yield from self._wrong_channel(work, row, by)

    def _wrong_finding(self, row: Row, found: Row) -> Iterator[str]:
        wanted = "one" if row["kind"] == "answer" else "none"
        if found["finding"] != wanted:
            yield f"⑤ {row['kind']} although the finding was {found['finding']}"
        if row["kind"] == "answer" and set(json.loads(found["equal"])) != ALL_THREE:
            yield "⑤ not all three identifiers agree"
        matching = self._known.matching.get(row["inquiry_id"])
        if found["basis"] == "roster" and matching is not None and FINDINGS.get(matching) != found["finding"]:
            yield f"④ {matching} members are this person, and the finding was {found['finding']}"

    def _wrong_content(self, work: Any, row: Row) -> Iterator[str]:
        told = set(work.open(row["items_ct"], "answer.items", row["id"])) if row["items_ct"] else set()
        if row["kind"] != "answer" and told:
            yield "⑤ something is told about nobody"
        if row["kind"] == "answer" and not told:
            yield "⑤ nothing is told"
        if not told <= set(json.loads(row["asked"])):
            yield "※4 more than was asked"
        if not told <= ALLOWED[row["procedure"]]:
            yield "※4 more than the procedure allows"
        wanted = told or {"not_found"}
        if row["channel"] == "call_back" and not wanted <= self._known.read_back.get(row["inquiry_id"], set()):
            yield "read back: not every line was"

    def _unreleased(self, work: Any, row: Row) -> Iterator[str]:
        since = work.session.execute(text(_PREPARED), {"finding": row["identification_id"]}).scalar()
        named = {"insurer": row["insurer_id"], "since": since}
        rules = work.session.execute(text(_RULES), named).mappings().all()
        if not any(self._waits(work, row, rule) for rule in rules):
            return
        said = work.session.execute(text(_RELEASE), {"answer": row["id"]}).mappings().first()
        every = work.session.execute(text(_MADE), {"inquiry": row["inquiry_id"]}).mappings().all()
        made = [step for step in every if step["event"] != "address_heard" or row["mail_address_ct"]]
        if said is None or not said["is_released"]:
            yield "no second person released it"
        elif said["said_by"] in {step["event"]: step["by"] for step in made}.values():
            yield "released by whoever made a part of it"
        elif _at(said["said_at"]) < _at(made[-1]["at"]):
            yield "changed after it was released"

    def _remade_unseen(self, work: Any, row: Row) -> Iterator[str]:
        """Look at a file made again where every answer waits, then and now; what is set later takes nothing back."""
        asked = {"inquiry": row["inquiry_id"], "given": row["given_at"]}
        remade = work.session.execute(text(_REMADE), asked).mappings().first()
        if remade is None:
            return
        moments = (remade["at"], _written(self._house.clock()))
        rules = [{"insurer": row["insurer_id"], "at": at} for at in moments]
        if any(work.session.execute(text(_RULE_AT), rule).scalar() != "always" for rule in rules):
            return
        said = work.session.execute(text(_RELEASE), {"answer": row["id"]}).mappings().first()
        if said is None or not said["is_released"] or _at(said["said_at"]) < _at(remade["at"]):
            yield "made again, and no second person saw it"
        elif said["said_by"] == remade["by"]:
            yield "made again and released by the same person"

    def _waits(self, work: Any, row: Row, rule: Row) -> bool:
        if rule["requirement"] != "some":
            return bool(rule["requirement"] == "always")
        asked, triggers = set(json.loads(row["asked"])), set(json.loads(rule["triggers"]))
        places = {"insurer": row["insurer_id"], "municipality": row["municipality_code"], "answer": row["id"]}
        is_new = work.session.execute(text(_ANSWERED_BEFORE), places).first() is None
        waits = {
            "several_items": len(asked) > 1,
            "sensitive_items": bool(asked & BENEFITS),
            "new_address": is_new or row["mail_address_ct"] is not None,
        }
        return row["kind"] == "answer" and any(waits[trigger] for trigger in triggers)

    def _wrong_channel(self, work: Any, row: Row, by: str) -> Iterator[str]:
        content = work.open_bytes(row["file_ct"], "answer.file", row["id"]) if row["file_ct"] else b""
        if row["channel"] == "call_back":
            yield from self._wrong_call(work, row, by)
        elif row["channel"] == "file":
            if not _is_locked(content):
                yield "(2) the file is not locked"
            if row["handed_out_at"] and not (row["mail_address_ct"] and row["call_back_id"] in self._known.heard_on):
                yield "※2 handed out for an address that no confirmed call brought"
        elif row["channel"] == "letter":
            if not (content.startswith(PDF) and row["document_number"]):
                yield "(3) the letter is not printed and numbered"
        else:
            yield f"no answer travels by {row['channel']}"
        is_left_here = row["channel"] != "call_back" and not (row["handed_out_at"] or row["posted_on"])
        if is_left_here and row["given_at"] and row["municipality_joined_at"] is None:
            yield "left in the system for a municipality that is outside it"

    def _wrong_call(self, work: Any, row: Row, by: str) -> Iterator[str]:
        call = work.session.execute(text(_CALL), {"inquiry": row["inquiry_id"]}).mappings().first()
        if call is None or call["confirmed_at"] is None or call["held_by"] != by:
            yield "(1) no call of the officer's own is confirmed"
            return
        at = _at(row["given_at"]) if row["given_at"] else self._house.clock()
        if call["number_dialled"] != row["main_line"]:
            yield "⑤ ⅰ another number than the directory's was dialled"
        if at - _at(call["confirmed_at"]) > HOUR:
            yield "(1) the call was confirmed hours ago"
        if call["municipality_word"] and call["id"] not in self._known.right_words:
            yield "(1) the right word was never read out"
        joined = row["municipality_joined_at"]
        if not call["municipality_word"] and joined and _at(joined) < _at(call["started_at"]):
            yield "(1) no word was dealt to a municipality that has a page"


_UNANSWERED = {"filed", "confirmed", "several", "clarifying", "identified", "not_found"}


def _is_locked(content: bytes) -> bool:
    if content.startswith(OLE):
        return "EncryptedPackage".encode("utf-16-le") in content and b"[Content_Types].xml" not in content
    return content.startswith(PDF) and b"/Encrypt" in content


def _at(written: Any) -> datetime:
    at = written if isinstance(written, datetime) else datetime.fromisoformat(str(written))
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
