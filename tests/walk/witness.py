"""What each side may see of the other, said once more: an oracle over the pages, files and mails that leave the server.

Source    memo annex STEP1, 留意 (no My Number); STEP2 ③-⑤ (nothing is told before its condition holds).

The walk writes each answer with a mark of its own and asks each insurer about people of its own, so that a text by
itself says which inquiry it comes from.
"""

import io
import re
from dataclasses import dataclass, field

import pikepdf
from sqlalchemy import text

from inquiry.domain.errors import InvalidValue
from inquiry.security.extraction import text_of
from inquiry.workflow.work import House
from tests.walk.plausible import ASKED_ABOUT

MARK = re.compile(r"標[0-9]{5}")
_OF_INQUIRY = "SELECT i.municipality_code, i.insurer_id FROM inquiry i WHERE i.id = :inquiry"
_TOLD = "SELECT id, items_ct, channel FROM answer WHERE inquiry_id = :inquiry AND given_at IS NOT NULL"


@dataclass(frozen=True)
class Reader:
    """Who looks: the municipality or the insurer they work for, neither for everybody else."""

    name: str
    municipality: str = ""
    insurer_number: str = ""
    insurer_id: str = ""


@dataclass
class Witness:
    """Remembers which inquiry a mark was typed for, and says what a reader should not have seen."""

    house: House
    marked: dict[str, str] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)  # My Numbers that were typed, digits alone

    def mark_for(self, inquiry_id: str) -> str:
        """Return a mark to write into an answer."""
        mark = f"標{len(self.marked) + 1:05}"
        self.marked[mark] = inquiry_id
        return mark

    def breaches(self, reader: Reader, content: str, *, is_page: bool) -> list[str]:
        """Return what a reader should not have seen in a page or in the text of a file."""
        plain = "".join(content.split())
        found = [
            f"{reader.name} sees a My Number{_beside(number, plain)}" for number in self.numbers if number in plain
        ]
        found += [f"{reader.name} sees {who[2]}" for who in _names_in(plain) if not _may_know(reader, who)]
        for mark in set(MARK.findall(plain)) & set(self.marked):
            if not self._may_be_told(reader, mark, is_page=is_page):
                found.append(f"{reader.name} sees an answer that was not given to them: {mark}")
        return found

    def breaches_of_file(self, reader: Reader, name: str, content: bytes) -> list[str]:
        """Return what a reader should not have seen in a file; what is locked is not read."""
        if content.startswith(b"%PDF"):
            try:
                pikepdf.open(io.BytesIO(content)).close()
            except pikepdf.PasswordError:
                return []
        try:
            return self.breaches(reader, text_of(name, content), is_page=False)
        except InvalidValue:
            return []

    def breaches_of_mail(self, parts: list[str]) -> list[str]:
        """Return what a mail says in the open about anybody: nothing may be."""
        return self.breaches(Reader("whoever reads mail"), "".join(parts), is_page=False)

    def _may_be_told(self, reader: Reader, mark: str, *, is_page: bool) -> bool:
        inquiry_id = self.marked[mark]
        with self.house.reading() as work:
            municipality, insurer = work.session.execute(text(_OF_INQUIRY), {"inquiry": inquiry_id}).one()
            if reader.insurer_id == insurer:
                return True
            if reader.municipality != municipality:
                return False
            for row in work.session.execute(text(_TOLD), {"inquiry": inquiry_id}).mappings():
                told = work.open(row["items_ct"], "answer.items", row["id"]) if row["items_ct"] else {}
                # A page tells what was told by telephone; everything else is in the file or the letter.
                if mark in "".join(told.values()) and (row["channel"] == "call_back" or not is_page):
                    return True
        return False


def _beside(number: str, plain: str) -> str:
    """Return what stands around a number, without it."""
    before, _, after = plain.partition(number)
    return f": {before[-60:]} … {after[:60]}"


def _names_in(plain: str) -> list[tuple[str, str, str]]:
    return [
        (municipality, insurer, who.written)
        for (municipality, insurer), asked in ASKED_ABOUT.items()
        for who in asked
        if "".join(who.written.split()) in plain
    ]


def _may_know(reader: Reader, who: tuple[str, str, str]) -> bool:
    return who[0] == reader.municipality or who[1] == reader.insurer_number
