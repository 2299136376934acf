"""STEP2 ⑤ iii for a whole day: a run's letters printed as one file, and posted in one go (文書の印刷・発送).

Source    memo annex STEP2 ⑤ iii.
Decides   that what is printed and what is recorded as posted is what the run made: nothing that was made anew or taken
          back since, nothing the gate would not let pass now, nothing of which the roster in force says otherwise. No
          two letters bear one 引受番号.
Not here  making them: letter_runs.py. One letter: lettering.py. The list for the counter: posting_list.py.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from inquiry.domain.errors import Forbidden, InquiryError, InvalidValue, NotFound
from inquiry.domain.locked_file import FileKind
from inquiry.domain.parties import Actor
from inquiry.store.answering import Answer
from inquiry.store.letter_runs import RunLetter
from inquiry.workflow import letter_runs, lettering
from inquiry.workflow.answer_files import file_name
from inquiry.workflow.letter_runs import Line, Standing
from inquiry.workflow.lettering import Posting
from inquiry.workflow.work import House, Work

PRINTED: Final = frozenset({Standing.READY, Standing.POSTED, Standing.ANSWERED})
_NOT_TO_POST: Final = {
    Standing.WAITING: "letter_run:not_waiting",
    Standing.REFUSED: "letter_run:not_waiting",
    Standing.ANSWERED: "letter_run:not_waiting",
    Standing.MADE_ANEW: "letter_run:made_anew",
    Standing.TAKEN_BACK: "letter:taken_back",
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many letters were recorded as posted, and by letter why others were not."""

    posted: int
    refused: dict[str, str]


def leaving(work: Work, run_id: str, standings: Collection[Standing]) -> list[Line]:
    """Return the letters of a run that stand so and may leave now, or have left; each once."""
    found = letter_runs.sheets(work, run_id, standings)
    return [line for line in found if line.answer.given_at is not None or not letter_runs.why_shut(work, line.answer)]


def files(work: Work, run_id: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every letter that may leave now or has left; each is recorded as a reading.

    :raises NotFound: if there is none.
    """
    printed = leaving(work, run_id, PRINTED)
    if not printed:
        raise NotFound("letter_run:nothing_ready")
    lettering.hold_told(work, [line.letter.inquiry_id for line in printed])
    for line in printed:
        inquiry = work.inquiry(line.letter.inquiry_id)
        yield file_name(work, inquiry, FileKind.PDF), lettering.read(work, line.answer)


def faults(work: Work, run_id: str, numbers: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with 引受番号 that were typed, by the letter's id; a number on two letters is on neither."""
    found: dict[str, str] = {}
    bearers: dict[str, list[str]] = {}
    for line in letter_runs.sheets(work, run_id, {Standing.READY}):
        typed = numbers.get(line.letter.id, "")
        try:
            digits = lettering.tracking_number(work, typed, besides=line.answer.file_sha256)
        except InvalidValue as refusal:
            found[line.letter.id] = refusal.code
        else:
            bearers.setdefault(digits, []).append(line.letter.id)
    for digits, letter_ids in bearers.items():
        if digits and len(letter_ids) > 1:
            found |= dict.fromkeys(letter_ids, "letter_run:tracking_number_twice")
    return found


def post(house: House, actor: Actor, run_id: str, *, posted_on: date, numbers: Mapping[str, str]) -> Recorded:
    """Record that letters of a run were posted, each by itself.

    `numbers` holds the 引受番号 by the letter's id; a letter without an entry was not posted, an empty one is posted
    without a number.
    """
    with house.reading(actor) as work:
        picked = [line for line in letter_runs.lines(work, run_id) if line.letter.id in numbers]
        refused = {line.letter.id: _NOT_TO_POST[line.standing] for line in picked if line.standing in _NOT_TO_POST}
        refused |= faults(work, run_id, numbers)
    posted = 0
    for line in picked:
        if line.letter.id not in refused:
            try:
                posted += _post(house, actor, line.letter, Posting(posted_on, numbers[line.letter.id]))
            except InquiryError as refusal:
                refused[line.letter.id] = refusal.code
    return Recorded(posted, refused)


def _post(house: House, actor: Actor, letter: RunLetter, posting: Posting) -> int:
    """Return how many were posted by this: none if it was told in a letter that was posted a moment ago."""
    with house.work(actor) as work:
        lettering.hold_told(work, [letter.inquiry_id])
        if work.session.get_one(Answer, letter.answer_id).posted_on is not None:
            return 0
        inquiry, answer = letter_runs.waiting_answer(work, letter)
        if answer.file_sha256 != letter.file_sha256:
            raise Forbidden("letter_run:made_anew")
        if code := letter_runs.why_shut(work, answer):
            raise Forbidden(code)
        lettering.give_by_post(work, inquiry.id, inquiry.version, posting)
        return 1
