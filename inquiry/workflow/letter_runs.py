"""STEP2 ⑤ iii for a whole day: letters made in one go, printed as one file, posted by one list (文書の一括作成・発送).

Source    memo annex STEP2 ⑤ iii.
Decides   that each letter passes the gate by itself, when it is made and again when it is posted; one that does not
          holds up no other, and stands on the list with its reason.
Not here  one letter: lettering.py. The thread that makes them: web/letter_runs.py.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from inquiry.domain.errors import Forbidden, InquiryError, InvalidValue, NotDisclosable, NotFound
from inquiry.domain.inquiry import State
from inquiry.domain.locked_file import FileKind
from inquiry.domain.parties import Actor
from inquiry.domain.reply import Channel, check_disclosable
from inquiry.store.answering import Answer, identification_in_force
from inquiry.store.four_eyes import with_draft
from inquiry.store.inquiries import Inquiry
from inquiry.store.letter_runs import LetterRun, Outcome, RunLetter, in_runs, run_of, runs_of, waiting_letters
from inquiry.store.single import PATIENCE_SECONDS, nobody_waits, only_one
from inquiry.workflow import lettering
from inquiry.workflow.answer_files import file_name
from inquiry.workflow.answering import file_of, in_preparation, items_of, reply_of
from inquiry.workflow.lettering import Posting
from inquiry.workflow.work import House, Work

AT_MOST: Final = 500
RUNS_SHOWN: Final = 30
_ANSWERABLE: Final = [State.IDENTIFIED.value, State.NOT_FOUND.value]


@dataclass(frozen=True, slots=True)
class Line:
    """One letter of a run as the list shows it; nothing personal. `is_posted`: wherever that was recorded."""

    letter: RunLetter
    answer: Answer
    is_posted: bool


def candidates(work: Work) -> list[Inquiry]:
    """Return the insurer's inquiries whose prepared answer is a letter that is in no run, the oldest first."""
    drafts = {
        draft.id: inquiry
        for inquiry in with_draft(work.session, work.scope, _ANSWERABLE)
        if (draft := in_preparation(work, inquiry)) is not None and draft.channel == Channel.LETTER
    }
    taken = in_runs(work.session, drafts)
    return [inquiry for answer_id, inquiry in drafts.items() if answer_id not in taken]


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
    with only_one(house.engine, _lock(actor)) as is_free:
        return not is_free


def try_again(work: Work, run_id: str) -> None:
    """Let the letters that were refused wait once more, after what stood in their way was mended."""
    refused = [letter for letter in run(work, run_id).letters if letter.outcome == Outcome.REFUSED]
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


def _made(work: Work, letter: RunLetter) -> str:
    """Print the letter where it is not printed yet, and return why it may not leave; "" if it may.

    One that a second person has looked at is not printed anew: they would have to look again.
    """
    inquiry, answer = _answer_of(work, letter)
    if not answer.file_sha256:
        lettering.release(work, inquiry.id, inquiry.version)
    return _shut_by(work, inquiry, answer)


def _answer_of(work: Work, letter: RunLetter) -> tuple[Inquiry, Answer]:
    inquiry = work.inquiry(letter.inquiry_id)
    answer = in_preparation(work, inquiry)
    if answer is None or answer.id != letter.answer_id or answer.channel != Channel.LETTER:
        raise Forbidden("letter_run:not_waiting")
    return inquiry, answer


def _shut_by(work: Work, inquiry: Inquiry, answer: Answer) -> str:
    found = identification_in_force(work.session, inquiry.id)
    try:
        check_disclosable(reply_of(work, inquiry, answer, found=found, told=items_of(work, answer)))
    except NotDisclosable as shut:
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
    return [
        Line(letter, answer := work.session.get_one(Answer, letter.answer_id), answer.posted_on is not None)
        for letter in run(work, run_id).letters
    ]


def files(work: Work, run_id: str) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of every letter of a run that may leave now or has left; each is recorded as a reading.

    :raises NotFound: if there is none.
    """
    ready = [line for line in lines(work, run_id) if line.letter.outcome == Outcome.READY]
    if not ready:
        raise NotFound("letter_run:nothing_ready")
    seen: set[str] = set()
    for line in ready:
        if line.answer.file_sha256 in seen:
            # One letter tells several answers; it is printed once.
            continue
        seen.add(line.answer.file_sha256)
        inquiry = work.inquiry(line.letter.inquiry_id)
        if line.answer.given_at is None and (not line.answer.file_sha256 or _shut_by(work, inquiry, line.answer)):
            continue
        work.record("inquiry:letter_previewed", inquiry, answer=line.answer.id)
        yield file_name(work, inquiry, FileKind.PDF), file_of(work, line.answer)


def post(house: House, actor: Actor, run_id: str, *, posted_on: date, numbers: Mapping[str, str]) -> dict[str, str]:
    """Record that letters of a run were posted, each by itself, and return by letter why some were not.

    `numbers` holds the 引受番号 by the letter's id; a letter without an entry was not posted, an empty one is posted
    without a number.
    """
    refused = {}
    with house.reading(actor) as work:
        waiting = [line.letter for line in lines(work, run_id) if not line.is_posted]
    for letter in waiting:
        if letter.id in numbers and letter.outcome == Outcome.READY:
            try:
                _post(house, actor, letter, Posting(posted_on, numbers[letter.id]))
            except InquiryError as refusal:
                refused[letter.id] = refusal.code
    return refused


def _post(house: House, actor: Actor, letter: RunLetter, posting: Posting) -> None:
    with house.work(actor) as work:
        if work.session.get_one(Answer, letter.answer_id).posted_on is not None:
            # It was told in a letter that was posted a moment ago.
            return
        inquiry, _answer = _answer_of(work, letter)
        lettering.give_by_post(work, inquiry.id, inquiry.version, posting)
