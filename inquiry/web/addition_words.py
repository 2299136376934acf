"""How an addition is laid out: each desk beside what it resembles, the doubtful ones first (追加する窓口の一覧)."""

from dataclasses import dataclass
from typing import Any, Final

from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from inquiry.store.amendments import Amendment
from inquiry.web.forms import Form
from inquiry.web.heard_words import TYPED, Heard, beside_owners
from inquiry.web.messages import sentence_for
from inquiry.workflow import adding
from inquiry.workflow.adding import Candidate
from inquiry.workflow.enacting import Asked
from inquiry.workflow.work import Work

# As many likenesses of one desk are laid out; of more, it is said how many.
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
    """A proposed desk with why it cannot be added, if so, and what it resembles sign by sign."""

    candidate: Candidate
    fault: str
    marks: tuple[tuple[str, Heard], ...]
    more: int

    @property
    def is_doubtful(self) -> bool:
        """Say whether somebody should look twice."""
        return bool(self.fault or self.marks or self.candidate.likenesses.owners)


def laid_out(work: Work, amendment: Amendment) -> dict[str, Any]:
    """Return the desks of an addition: those to look at twice, the others, those sent back; words for a call."""
    shown = [_shown(each) for each in adding.candidates(work, amendment)]
    left = [each for each in shown if each.candidate.desk.rejected_at is None]
    return {
        "doubtful": sorted((each for each in left if each.is_doubtful), key=_urgency),
        "plain": [each for each in left if not each.is_doubtful],
        "rejected": [each for each in shown if each.candidate.desk.rejected_at is not None],
        "faults": sum(bool(each.fault) for each in left),
        "asked": ASKED,
    }


def _shown(candidate: Candidate) -> Shown:
    in_force, beside = candidate.likenesses.in_force, candidate.likenesses.beside
    marks = [
        *beside_owners(in_force[:_SHOWN], known=TYPED),
        *((f"同じ提案の「{name}」", each) for name, each in beside_owners(beside[:_SHOWN], known=TYPED)),
    ][:_SHOWN]
    fault = sentence_for(candidate.fault) if candidate.fault else ""
    return Shown(candidate, fault, tuple(marks), len(in_force) + len(beside) - len(marks))


def _urgency(shown: Shown) -> tuple[bool, bool, int]:
    """Order by what stands in the way, then by what resembles an entry in force, then as in the file."""
    likenesses = shown.candidate.likenesses
    return not shown.fault, not (likenesses.in_force or likenesses.owners), shown.candidate.desk.place
