"""How an addition is laid out: each desk beside what it resembles, the doubtful ones first (追加する窓口の一覧)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.store.amendments import Amendment
from inquiry.store.organisations import display_names
from inquiry.web.forms import Form
from inquiry.web.heard_words import BESIDE_IT, LISTED, PROPOSED, Heard, beside_owners
from inquiry.web.messages import sentence_for
from inquiry.workflow import adding
from inquiry.workflow.adding import Candidate
from inquiry.workflow.enacting import Asked
from inquiry.workflow.likening import Likenesses
from inquiry.workflow.resembling import Likened, Resemblance
from inquiry.workflow.work import Work

# As many likenesses of one desk stand open; the others are unfolded.
_SHOWN: Final = 3
ASKED: Final = {
    Asked.CONFIRMED: "窓口を加えると聞いた（主たる窓口で、保険者に確かめた）",
    Asked.DENIED: "この窓口に心当たりがないと言われた（この提案を止め、不審な照会として記録する）",
}


class RejectForm(Form):
    """選んだ窓口の差戻し."""

    reason = TextAreaField(
        "差し戻す理由", [DataRequired("差し戻す理由を入力してください。"), Length(max=500)], id="reject-reason"
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposed desk with why it cannot be added, if so, and what it resembles sign by sign, the strongest first."""

    candidate: Candidate
    fault: str
    marks: tuple[tuple[str, Heard], ...]
    more: tuple[tuple[str, Heard], ...]

    @property
    def is_doubtful(self) -> bool:
        """Say whether somebody should look twice."""
        return bool(self.fault or self.marks or self.candidate.likenesses.owners)


def laid_out(work: Work, amendment: Amendment) -> dict[str, Any]:
    """Return the desks of an addition: those to look at twice, the others, those sent back; words for a call."""
    shown = [_shown(each) for each in adding.candidates(work, amendment)]
    left = [each for each in shown if each.candidate.desk.rejected_at is None]
    rejected = [each for each in shown if each.candidate.desk.rejected_at is not None]
    return {
        "doubtful": sorted((each for each in left if each.is_doubtful), key=_urgency),
        "plain": [each for each in left if not each.is_doubtful],
        "rejected": rejected,
        "rejected_by": display_names(work.session, {each.candidate.desk.rejected_by or "" for each in rejected}),
        "faults": sum(bool(each.fault) for each in left),
        "asked": ASKED,
    }


def _shown(candidate: Candidate) -> Shown:
    marks = tuple(_mark(each, against) for each, against in _strongest_first(candidate.likenesses))
    fault = sentence_for(candidate.fault) if candidate.fault else ""
    return Shown(candidate, fault, marks[:_SHOWN], marks[_SHOWN:])


def _strongest_first(likenesses: Likenesses) -> list[tuple[Resemblance, str]]:
    """Order by what is an impostor's surest sign: a name, then a number of who has that name, then other numbers.

    What is the same comes before what is near.
    """
    found = [
        *((each, LISTED) for each in likenesses.in_force),
        *((each, BESIDE_IT) for each in likenesses.beside),
    ]
    named = {each.owner.id for each, _against in found if each.what is Likened.NAME}
    return sorted(found, key=lambda one: _place(one[0], named))


def _place(each: Resemblance, named: Collection[str]) -> tuple[bool, bool, bool]:
    return each.what is not Likened.NAME, each.owner.id not in named, each.seen != each.true


def _mark(each: Resemblance, against: str) -> tuple[str, Heard]:
    ((owner, beside),) = beside_owners((each,), known=PROPOSED, against=against)
    return owner if against == LISTED else f"同じ提案の「{owner}」", beside


def _urgency(shown: Shown) -> tuple[bool, bool, int]:
    """Order by what stands in the way, then by what resembles an entry in force, then as in the file."""
    likenesses = shown.candidate.likenesses
    return not shown.fault, not (likenesses.in_force or likenesses.owners), shown.candidate.desk.place
