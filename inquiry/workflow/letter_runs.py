"""STEP2 ⑤ iii for a whole day: letters made in one go, and what has become of each (文書の一括作成).

Source    memo annex STEP2 ⑤ iii.
Decides   that each letter passes the gate by itself; one that does not, or breaks, holds up no other, and stands on the
          list with its reason. A run knows its letters by the bytes it made: another print is another letter.
Not here  one letter: lettering.py. Printing and posting them: posting.py. The thread: web/letter_runs.py.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import Forbidden, InquiryError, InvalidValue, NotFound
from inquiry.domain.inquiry import State
from inquiry.domain.parties import Actor
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer
from inquiry.store.four_eyes import with_draft
from inquiry.store.inquiries import Inquiry
from inquiry.store.letter_runs import (
    LetterRun,
    Outcome,
    RunLetter,
    answers_in,
    in_runs,
    run_of,
    runs_of,
    waiting_letters,
)
from inquiry.store.letters import taken_back
from inquiry.store.single import PATIENCE_SECONDS, is_nobody_at_work, nobody_waits, only_one
from inquiry.workflow import lettering
from inquiry.workflow.answering import check_gate, check_seen, in_preparation
from inquiry.workflow.work import House, Work

AT_MOST: Final = 500
RUNS_SHOWN: Final = 30
_ANSWERABLE: Final = [State.IDENTIFIED.value, State.NOT_FOUND.value]


class Standing(StrEnum):
    """What has become of a letter of a run, wherever that happened."""

    WAITING = "waiting"  # 作成待ち
    REFUSED = "refused"  # 作成・発送できない
    READY = "ready"  # 作成済み: may be printed and posted
    POSTED = "posted"  # 発送済み
    ANSWERED = "answered"  # 回答済み, in another way than by post
    MADE_ANEW = "made_anew"  # the answer was prepared or printed anew: what was made here is not the answer any more
    TAKEN_BACK = "taken_back"  # 取消し


@dataclass(frozen=True, slots=True)
class Line:
    """One letter of a run as the list shows it; nothing personal, and its file is not read."""

    letter: RunLetter
    answer: Answer
    standing: Standing


def candidates(work: Work) -> list[Inquiry]:
    """Return the insurer's inquiries whose prepared answer is a letter that is in no run, the oldest first."""
    drafts = {
        draft.id: inquiry
        for inquiry in with_draft(work.session, work.scope, _ANSWERABLE)
        if (draft := in_preparation(work, inquiry)) is not None and draft.channel == Channel.LETTER
    }
    taken = in_runs(work.session, work.actor.insurer_id or "", drafts)
    found = [inquiry for answer_id, inquiry in drafts.items() if answer_id not in taken]
    return sorted(found, key=lambda inquiry: (inquiry.filed_at, inquiry.number))


def begin(work: Work, inquiry_ids: Sequence[str]) -> LetterRun:
    """Write down which letters are to be made; none is made yet.

    :raises InvalidValue: if none was picked, too many were, or one of them waits no longer.
    """
    waiting = {inquiry.id: inquiry for inquiry in candidates(work)}
    if not inquiry_ids:
        raise InvalidValue("letter_run:nothing_picked", field="picked")
    if len(inquiry_ids) > AT_MOST:
        raise InvalidValue("letter_run:too_many", field="picked")
    if not waiting.keys() >= set(inquiry_ids):
        raise InvalidValue("letter_run:not_waiting", field="picked")
    run = LetterRun(insurer_id=work.actor.insurer_id or "", made_at=work.now, made_by=work.actor.account_id)
    picked = [inquiry for inquiry_id, inquiry in waiting.items() if inquiry_id in set(inquiry_ids)]
    for place, inquiry in enumerate(picked, 1):
        draft = in_preparation(work, inquiry)
        assert draft is not None
        run.letters.append(RunLetter(inquiry_id=inquiry.id, place=place, answer_id=draft.id))
    work.session.add(run)
    work.session.flush()
    work.record("letter_run:begun", run=run.id, letters=str(len(picked)))
    return run


def carry_on(house: House, actor: Actor, begun: Callable[[], None] = nobody_waits) -> None:
    """Make every letter of the insurer's runs that waits, one unit of work each; whoever is second leaves it be."""
    with only_one(house.engine, _lock(actor), patience=PATIENCE_SECONDS) as is_ours:
        begun()
        while is_ours and (letter_ids := _waiting(house, actor)):
            for letter_id in letter_ids:
                _make(house, actor, letter_id)


def _lock(actor: Actor) -> str:
    return f"letters of {actor.insurer_id}"


def _waiting(house: House, actor: Actor) -> list[str]:
    with house.reading(actor) as work:
        return waiting_letters(work.session, actor.insurer_id or "")


def is_at_work(house: House, actor: Actor) -> bool:
    """Say whether somebody is making letters of the actor's insurer now."""
    return not is_nobody_at_work(house.engine, _lock(actor))


def try_again(work: Work, run_id: str) -> None:
    """Let the letters that were refused wait once more, after what stood in their way was mended.

    While others of the run wait they stay: one that breaks every time would otherwise come before them every time.
    """
    letters = run(work, run_id).letters
    is_unmade = any(letter.outcome == Outcome.WAITING for letter in letters)
    refused = [letter for letter in letters if letter.outcome == Outcome.REFUSED and not is_unmade]
    for letter in refused:
        letter.outcome, letter.code = Outcome.WAITING, ""
    work.record("letter_run:tried_again", run=run_id, letters=str(len(refused)))


def _make(house: House, actor: Actor, letter_id: str) -> None:
    try:
        with house.work(actor) as work:
            letter = work.session.get_one(RunLetter, letter_id)
            code = _made(work, letter)
            letter.outcome, letter.code = (Outcome.REFUSED if code else Outcome.READY), code
            work.record("letter_run:letter_made", run=letter.run_id, answer=letter.answer_id)
    except InquiryError as refusal:
        _refuse(house, actor, letter_id, refusal.code)
    except Exception:
        # What nobody foresaw ends the thread. Without a mark it would end the next one at the same letter.
        _refuse(house, actor, letter_id, "letter_run:broke_off")
        raise


def _made(work: Work, letter: RunLetter) -> str:
    """Print the letter where it is not printed yet, and return why it may not leave; "" if it may.

    One that a second person has looked at is not printed anew: they would have to look again.
    """
    inquiry, answer = waiting_answer(work, letter)
    check_seen(work, inquiry, answer)
    if not answer.file_sha256:
        lettering.release(work, inquiry.id, inquiry.version)
    letter.file_sha256, letter.document_number = answer.file_sha256, answer.document_number
    return why_shut(work, answer)


def waiting_answer(work: Work, letter: RunLetter) -> tuple[Inquiry, Answer]:
    """Return the inquiry of a letter, held, and the answer that is prepared for it.

    :raises Forbidden: if that is none any more, or goes another way.
    """
    inquiry = work.inquiry(letter.inquiry_id)
    answer = in_preparation(work, inquiry)
    if answer is None or answer.id != letter.answer_id or answer.channel != Channel.LETTER:
        raise Forbidden("letter_run:not_waiting")
    return inquiry, answer


def why_shut(work: Work, answer: Answer) -> str:
    """Return why the letter of an answer may not leave unseen, for itself or for another that it tells; "" if it may.

    Days may lie between its making and its posting, and a roster may come into force on each.
    """
    told = lettering.told_with(work, answer)
    try:
        lettering.check_unchanged(answer, told)
        for each in told:
            inquiry = work.session.get_one(Inquiry, each.inquiry_id)
            check_gate(work, inquiry, each)
            check_seen(work, inquiry, each)
    except Forbidden as shut:
        return shut.code
    return ""


def _refuse(house: House, actor: Actor, letter_id: str, code: str) -> None:
    with house.work(actor) as work:
        letter = work.session.get_one(RunLetter, letter_id)
        letter.outcome, letter.code = Outcome.REFUSED, code
        work.record("letter_run:letter_refused", run=letter.run_id, answer=letter.answer_id, reason=code)


def run(work: Work, run_id: str) -> LetterRun:
    """Return one run of the acting insurer.

    :raises NotFound: if it is absent, or somebody else's.
    """
    found = run_of(work.session, work.actor.insurer_id or "", run_id)
    if found is None:
        raise NotFound("letter_run:not_found")
    return found


def runs(work: Work) -> list[LetterRun]:
    """Return the acting insurer's latest runs."""
    return runs_of(work.session, work.actor.insurer_id or "", RUNS_SHOWN)


def lines(work: Work, run_id: str) -> list[Line]:
    """Return the letters of a run in their order; nothing sealed is opened."""
    letters, answers = run(work, run_id).letters, answers_in(work.session, run_id)
    withdrawn = taken_back(work.session, [_made_as(letter, answers[letter.answer_id]) for letter in letters])
    return [
        Line(letter, answer := answers[letter.answer_id], _standing(letter, answer, withdrawn)) for letter in letters
    ]


def _made_as(letter: RunLetter, answer: Answer) -> str:
    """Return the hash of the letter that is meant: what was made here, or else what was made elsewhere meanwhile."""
    return letter.file_sha256 or answer.file_sha256


def _standing(letter: RunLetter, answer: Answer, withdrawn: Collection[str]) -> Standing:
    made = _made_as(letter, answer)
    if not letter.file_sha256 and letter.inquiry.insurer_id != letter.run.insurer_id:
        # What its successor made of an answer is not for the insurer that is gone.
        return Standing(letter.outcome)
    if made in withdrawn:
        return Standing.TAKEN_BACK
    if made != answer.file_sha256:
        return Standing.MADE_ANEW if letter.outcome == Outcome.READY else Standing(letter.outcome)
    if answer.posted_on is not None:
        return Standing.POSTED
    return Standing.ANSWERED if answer.given_at is not None else Standing(letter.outcome)


def sheets(work: Work, run_id: str, standings: Collection[Standing]) -> list[Line]:
    """Return the letters that stand so, each once: what tells several answers is one print and one envelope."""
    found: dict[str, Line] = {}
    for line in lines(work, run_id):
        if line.standing in standings:
            found.setdefault(line.answer.file_sha256, line)
    return list(found.values())
