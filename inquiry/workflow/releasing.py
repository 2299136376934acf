"""STEP2 ⑤ before it leaves: a second person releases the prepared answer, or sends it back (複数人での確認).

Source    memo annex STEP2 ⑤.
Decides   that a release stands for exactly what was seen; whatever is changed afterwards waits again.
"""

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.inquiry import State
from inquiry.domain.reply import Channel
from inquiry.security import guard
from inquiry.store.answering import Answer, answer_given
from inquiry.store.four_eyes import Release, with_draft, with_held_file
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import delivering, file_contents, four_eyes
from inquiry.workflow.answering import in_preparation
from inquiry.workflow.work import Work

_ANSWERABLE = [State.IDENTIFIED.value, State.NOT_FOUND.value]


def release(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Let the prepared answer leave, as it is now.

    A file that was made again after it was given is fetched from now on; its days and times are counted anew.
    :raises Forbidden: if the actor is not the second person, or the file or letter that would leave is not made yet,
        or what stands in the file cannot be shown.
    """
    inquiry, answer = _waiting(work, inquiry_id, version)
    if answer.channel != Channel.CALL_BACK and not answer.file_sha256:
        raise Forbidden("four_eyes:document_missing")
    if answer.channel == Channel.FILE and not file_contents.read(work, answer):
        raise Forbidden("four_eyes:content_missing")
    _say(work, answer, is_released=True)
    if answer.held_at is not None:
        _offer(work, answer)
    work.note(inquiry, "answer_released", answer=answer.id)
    return inquiry


def send_back(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Give the prepared answer back to whoever prepared it, and say what is wrong.

    :raises Forbidden: if the actor is not the second person.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry, answer = _waiting(work, inquiry_id, version)
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("four_eyes:reason_missing", field="reason")
    _say(work, answer, is_released=False)
    work.note(inquiry, "answer_sent_back", note=reason, answer=answer.id)
    return inquiry


def _waiting(work: Work, inquiry_id: str, version: int) -> tuple[Inquiry, Answer]:
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = to_look_at(work, inquiry)
    if answer is None:
        raise NotFound("answer:not_prepared")
    if not four_eyes.may_release(work, inquiry, answer):
        raise Forbidden("four_eyes:second_person")
    if not four_eyes.is_missing(work, inquiry, answer):
        raise Forbidden("four_eyes:nothing_waits")
    return inquiry, answer


def to_look_at(work: Work, inquiry: Inquiry) -> Answer | None:
    """Return the answer that a second person looks at: the one prepared, or one given whose file was made again."""
    draft = in_preparation(work, inquiry)
    if draft is not None:
        return draft
    given = answer_given(work.session, inquiry.id)
    return given if given is not None and given.held_at is not None else None


def _offer(work: Work, answer: Answer) -> None:
    answer.held_at = None
    file_contents.forget(answer)
    delivering.count_anew(work, answer)


def _say(work: Work, answer: Answer, *, is_released: bool) -> None:
    row = work.session.get(Release, answer.id)
    if row is None:
        row = Release(answer_id=answer.id)
        work.session.add(row)
    row.seen, row.is_released = four_eyes.fingerprint(answer), is_released
    row.said_at, row.said_by = work.now, work.actor.account_id


def waiting(work: Work) -> list[Inquiry]:
    """Return the acting insurer's inquiries whose answer waits for a second person; no personal data."""
    if not four_eyes.was_ever_asked(work, work.actor.insurer_id or ""):
        return []
    found = [*with_draft(work.session, work.scope, _ANSWERABLE), *with_held_file(work.session, work.scope)]
    answers = [(inquiry, to_look_at(work, inquiry)) for inquiry in found]
    return [each for each, answer in answers if answer is not None and four_eyes.is_missing(work, each, answer)]
