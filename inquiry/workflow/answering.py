"""STEP2 ⑤: the answer, prepared once and given through the gate by one of three channels (回答).

Source    memo annex STEP2 ⑤ ⅰ-iii, ※5; flowchart (1)(2)(3) and 「該当者なし」.
Decides   what is told (asked ∩ allowed), and records that it was given. Every channel ends in `give`.
Not here  the gate itself: domain/reply.py. Locked files: locking.py. Letters: lettering.py. Calls: calling.py.
"""

import json
from collections.abc import Collection, Mapping
from datetime import date

from inquiry.domain.errors import Forbidden, InvalidValue, NotDisclosable, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import Event, State, arrow
from inquiry.domain.parties import Side
from inquiry.domain.procedure import items_allowed
from inquiry.domain.reply import Channel, Identifier, Reply, ReplyKind, check_disclosable
from inquiry.security import guard
from inquiry.security.locked_file import is_locked
from inquiry.security.sealing import commitment, content_hash
from inquiry.store.answering import (
    Answer,
    CopyRefresh,
    Identification,
    answer_in_preparation,
    identification_in_force,
    refresh_about,
)
from inquiry.store.base import new_id
from inquiry.store.correcting import retractions_of
from inquiry.store.identifying import is_overtaken
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import calling, deciding, four_eyes, reconsidering, withholding
from inquiry.workflow.answer_files import PREPARED
from inquiry.workflow.confirming import check_channel
from inquiry.workflow.work import Work

# 保険者番号, 記号, 番号, 枝番: side by side they may look like anything, and mean nothing.
NUMBERED_ITEMS = frozenset({"SHIKAKU-01", "SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-04"})
NOBODY = "not_found"


def prepare(
    work: Work, inquiry_id: str, version: int, *, channel: Channel, items: Mapping[str, str]
) -> tuple[Inquiry, Answer]:
    """Write down what will be told, item by item, and what the roster in force says beside it; nothing leaves yet.

    For 該当者なし `items` is empty. An answer that was prepared before is replaced, its file with it; one about another
    finding leaves nothing behind, for its 文書番号 may be that of an insurer which went over into this one.
    :raises InvalidValue: naming the item left empty, or one that was not asked for.
    :raises NotDisclosable: if the record is withheld and no supervisor has opened it, or the roster in force no longer
        bears out what was found.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.ANSWER)
    check_channel(work, inquiry, channel)
    kind = ReplyKind.ANSWER if State(inquiry.state) is State.IDENTIFIED else ReplyKind.NOT_FOUND
    told = {code: text.strip() for code, text in items.items()}
    _check_items(inquiry, kind, told)
    found = identification_in_force(work.session, inquiry.id)
    if found is None:
        raise NotDisclosable("gate:finding_does_not_allow")
    withholding.check_open(work, found)
    reconsidering.check_current(work, inquiry, found)
    answer = _draft(work, inquiry, found)
    answer.identification_id, answer.kind, answer.channel = found.id, kind, channel
    answer.prepared_at, answer.prepared_by = work.now, work.actor.account_id
    answer.items_ct = work.seal(told, "answer.items", answer.id)
    answer.roster_said = reconsidering.seal_now(work, inquiry, found)
    work.note(inquiry, PREPARED, answer=answer.id, channel=channel, kind=kind)
    return inquiry, answer


def _draft(work: Work, inquiry: Inquiry, found: Identification) -> Answer:
    """Return the row to write the answer in: what was made of it, and heard for it, is gone.

    Written once more about the same finding it keeps its number, and goes on waiting for whom it waited for.
    """
    number = four_eyes.in_force(work, inquiry.insurer_id).number
    answer = answer_in_preparation(work.session, inquiry.id)
    if answer is None:
        answer = Answer(id=new_id(), inquiry_id=inquiry.id, downloads=0, downloads_before=0, tracking_number="")
        work.session.add(answer)
    if answer.identification_id != found.id:
        answer.document_number, answer.four_eyes_from = "", number
    answer.mail_address_ct = answer.call_back_id = None
    answer.file_ct, answer.says_ct, answer.wording_version = None, None, 0
    answer.file_sha256, answer.file_kind = "", ""
    return answer


def guard_items(told: Mapping[str, str]) -> None:
    """Look for a My Number in what is told: in each item by itself, and in those together that hold no numbers.

    :raises MyNumberFound: naming the item.
    """
    for code, text in told.items():
        guard.enforce({code: text})
    guard.enforce({code: text for code, text in told.items() if code not in NUMBERED_ITEMS})


def _check_items(inquiry: Inquiry, kind: ReplyKind, told: Mapping[str, str]) -> None:
    guard_items(told)
    if kind is ReplyKind.NOT_FOUND:
        if told:
            raise InvalidValue("answer:nothing_may_be_told", field="items")
        return
    for code in told:
        if code not in inquiry.items:
            raise InvalidValue("gate:item_not_asked", field=code)
    for code in inquiry.items:
        if not told.get(code):
            raise InvalidValue("answer:item_empty", field=code)


def items_of(work: Work, answer: Answer) -> dict[str, str]:
    """Open what an answer tells; the caller records the reading."""
    stored: dict[str, str] = work.open(answer.items_ct, "answer.items", answer.id) if answer.items_ct else {}
    return stored


def roster_date(work: Work, answer: Answer) -> date | None:
    """Return the date of the roster in which nobody was found, which stands with 該当者なし; None otherwise."""
    if answer.kind != ReplyKind.NOT_FOUND:
        return None
    return deciding.roster_date(work, work.session.get(Identification, answer.identification_id))


def in_preparation(work: Work, inquiry: Inquiry) -> Answer | None:
    """Return the answer that is prepared and not yet given, if there is one."""
    draft = answer_in_preparation(work.session, inquiry.id)
    found = identification_in_force(work.session, inquiry.id)
    # What was prepared about another finding is no answer to this one.
    return draft if draft is not None and found is not None and draft.identification_id == found.id else None


def check_seen(work: Work, inquiry: Inquiry, answer: Answer) -> None:
    """Refuse to send on in bulk what a roster said that is no longer in force, unless somebody wrote it since.

    :raises Forbidden: if the roster in force says otherwise of the person.
    """
    if is_overtaken_by_roster(work, inquiry, answer):
        raise Forbidden("answer:roster_changed")


def is_overtaken_by_roster(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether the roster in force says otherwise than when an answer was written, which tells none of it.

    :raises NotDisclosable: if nobody can be found on it until it is rebuilt.
    """
    person = reconsidering.person_now(work, inquiry, identification_in_force(work.session, inquiry.id))
    return person is not None and person.overtakes(inquiry, answer, items_of(work, answer))


def to_read_out(work: Work, inquiry: Inquiry) -> dict[str, str] | None:
    """Return what may be read out on the telephone now, or None while the gate stays shut."""
    draft = in_preparation(work, inquiry)
    if draft is None or draft.channel != Channel.CALL_BACK:
        return None
    told = items_of(work, draft)
    found = identification_in_force(work.session, inquiry.id)
    try:
        check_disclosable(reply_of(work, inquiry, draft, found=found, told=told))
    except NotDisclosable:
        return None
    return told


def prepared(work: Work, inquiry: Inquiry) -> Answer:
    """Return the answer in preparation.

    :raises NotFound: if none is.
    """
    answer = in_preparation(work, inquiry)
    if answer is None:
        raise NotFound("answer:not_prepared")
    return answer


def give_by_call(work: Work, inquiry_id: str, version: int, *, read_back: Collection[str]) -> Inquiry:
    """Record that the answer was read out during the confirmed call (memo annex STEP2 ⑤ ⅰ).

    `read_back` are the codes of the items that the other side repeated rightly; for 該当者なし, `NOBODY`.
    :raises InvalidValue: if anything told was not read back.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = prepared(work, inquiry)
    if answer.channel != Channel.CALL_BACK:
        raise Forbidden("answer:other_channel")
    answer.call_back_id = calling.tick(work, inquiry, str(answer.kind)).id
    if not to_read_back(work, answer) <= set(read_back):
        raise InvalidValue("calling:not_read_back", field="read_back")
    give(work, inquiry, answer)
    return inquiry


def to_read_back(work: Work, answer: Answer) -> set[str]:
    """Return the codes of all that must be read back before an answer counts as told."""
    return set(items_of(work, answer)) or {NOBODY}


def check_gate(work: Work, inquiry: Inquiry, answer: Answer) -> dict[str, str]:
    """Ask the gate whether the answer might be given now, and return what it tells; nothing is recorded.

    :raises NotDisclosable: if a condition of the memo is not met.
    """
    told = items_of(work, answer)
    found = identification_in_force(work.session, inquiry.id)
    check_disclosable(reply_of(work, inquiry, answer, found=found, told=told))
    return told


def give(work: Work, inquiry: Inquiry, answer: Answer, **refs: str) -> None:
    """Pass the gate and record the answer as given; every channel ends here.

    :raises NotDisclosable: if a condition of the memo is not met; nothing is recorded then.
    """
    found = identification_in_force(work.session, inquiry.id)
    told = check_gate(work, inquiry, answer)
    answer.given_at, answer.given_by = work.now, work.actor.account_id
    answer.says_ct, inquiry.answered_at = None, work.now
    content = commitment(inquiry.salt, json.dumps(told, sort_keys=True).encode())
    taken_back = retractions_of(work.session, inquiry.id)
    if taken_back:
        refs["replaces"] = taken_back[0].answer_id
    work.advance(inquiry, Event.ANSWER, answer=answer.id, channel=answer.channel, content=content, **refs)
    _ask_for_refresh(work, inquiry, found)


def check_reader(work: Work, inquiry: Inquiry) -> None:
    """Refuse to leave an answer in the system for a municipality that is outside it.

    :raises Forbidden: if nobody of the municipality would find it.
    """
    if Side.MUNICIPALITY in work.outside(inquiry):
        raise Forbidden("answer:nobody_fetches")


def reply_of(
    work: Work, inquiry: Inquiry, answer: Answer, *, found: Identification | None, told: Mapping[str, str]
) -> Reply:
    """Gather from what is on record everything the gate looks at."""
    if found is not None and answer.identification_id != found.id:
        found = None
    is_outdated = found is not None and reconsidering.is_outdated(work, inquiry, found)
    is_nobody = found is not None and found.finding == Finding.NONE
    return Reply(
        kind=ReplyKind(answer.kind),
        channel=Channel(answer.channel),
        is_inquirer_confirmed=inquiry.confirmed_at is not None,
        finding=Finding(found.finding) if found else None,
        equal=frozenset(Identifier(name) for name in found.equal) if found else frozenset(),
        items_told=frozenset(told),
        items_asked=frozenset(inquiry.items),
        items_allowed=frozenset(items_allowed(inquiry.procedure)),
        is_call_confirmed=calling.confirmed_call(work, inquiry) is not None,
        is_locked=is_locked(_file_of(work, answer)),
        is_released=bool(answer.document_number and answer.file_sha256),
        is_withheld=withholding.is_shut(work, found),
        awaits_release=four_eyes.is_missing(work, inquiry, answer),
        is_overtaken=found is not None and (is_overtaken(work.session, found.id) or (is_nobody and is_outdated)),
        is_outdated=is_outdated,
    )


def _file_of(work: Work, answer: Answer) -> bytes:
    if answer.file_ct is None or answer.channel != Channel.FILE:
        return b""
    return file_of(work, answer)


def file_of(work: Work, answer: Answer) -> bytes:
    """Open the file of an answer; the caller records the reading.

    :raises NotFound: if there is none.
    """
    if answer.file_ct is None:
        raise NotFound("answer:no_file")
    return work.open_bytes(answer.file_ct, "answer.file", answer.id)


def keep_file(work: Work, answer: Answer, content: bytes) -> None:
    """Seal the file of an answer; what was made before is gone."""
    answer.file_ct = work.seal_bytes(content, "answer.file", answer.id)
    answer.file_sha256, answer.says_ct = content_hash(content), None


def _ask_for_refresh(work: Work, inquiry: Inquiry, found: Identification | None) -> None:
    if found is None or not found.number_registered:
        return
    refresh = refresh_about(work.session, inquiry.id)
    if refresh is None:
        refresh = CopyRefresh(id=new_id(), inquiry_id=inquiry.id, insurer_id=inquiry.insurer_id)
        work.session.add(refresh)
    # One that was ticked off after an answer since taken back is to be looked at again.
    refresh.created_at, refresh.done_at, refresh.done_by = work.now, None, None
    work.record("inquiry:copy_refresh_opened", inquiry, refresh=refresh.id)
