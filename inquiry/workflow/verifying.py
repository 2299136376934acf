"""Whether a letter is genuine, for anybody who holds one (文書の確認).

Decides   what the public learns: who issued it, on which date, and whether it stands. Nothing about the inquiry, and
          nothing by which one letter leads to another.
Not here  how numbers are written: domain/check_number.py. What is kept of a letter: store/issuing.py.

What somebody hands in is compared with what was sealed, byte by byte through its hash. A stranger's file is never
opened as a PDF, and nothing of it is kept. Numbers cannot be found by trying; whoever asks for letters that are none
all the same has to wait.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from inquiry.documents.electronic_seal import is_sealed_with, seals_in
from inquiry.domain.check_number import read_check_number
from inquiry.domain.errors import TooOften
from inquiry.security.sealing import content_hash
from inquiry.store.answering import Answer, answer_given
from inquiry.store.correcting import Retraction
from inquiry.store.issuing import IssuedLetter, LookUpDelay, SealCertificate, certificates, letter_hashed, letter_keyed
from inquiry.store.letters import answers_sharing
from inquiry.workflow.issuing import number_key
from inquiry.workflow.work import NOBODY, House, Work

FREE_MISSES: Final = 20
WINDOW: Final = timedelta(minutes=10)


class Standing(StrEnum):
    """What can be said of a letter."""

    GENUINE = "genuine"  # 発行済み
    NOT_YET = "not_yet"  # 作成されたが、まだ発行されていない
    WITHDRAWN = "withdrawn"  # 取消し
    REPLACED = "replaced"  # 差替え
    ALTERED = "altered"  # 発行された後に変更されている
    UNKNOWN = "unknown"  # 本システムの文書ではない


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the public learns; issuer and date are empty where there is no letter of ours."""

    standing: Standing
    issuer: str = ""
    issued_on: date | None = None
    is_sealed: bool = False
    is_whole: bool = False  # the file itself was compared, not its number alone


def by_number(house: House, address: str, typed: str) -> Verdict:
    """Say what stands behind a check number.

    :raises InvalidValue: if no number is written like this.
    :raises TooOften: if this address asked too often for letters that are none.
    """
    number = read_check_number(typed)
    check_patience(house, address)
    with house.reading() as work:
        letter = letter_keyed(work.session, number_key(house.sealer, number))
        verdict = _of(work, letter) if letter else Verdict(Standing.UNKNOWN)
    _count(house, address, verdict)
    return verdict


def by_file(house: House, address: str, content: bytes) -> Verdict:
    """Say whether a file is a letter of ours, unchanged.

    :raises TooOften: if this address asked too often for letters that are none.
    """
    check_patience(house, address)
    with house.reading() as work:
        letter = letter_hashed(work.session, content_hash(content))
        verdict = _whole(work, letter, content) if letter else _not_ours(work, content)
    _count(house, address, verdict)
    return verdict


def check_patience(house: House, address: str) -> None:
    """Refuse an address that has asked too often.

    :raises TooOften: with the seconds to wait.
    """
    with house.reading() as work:
        delay = work.session.get(LookUpDelay, _key(house, address))
        if delay is not None and delay.misses >= FREE_MISSES and work.now < delay.until:
            raise TooOften("verifying:too_often", seconds=round((delay.until - work.now).total_seconds()))


def _of(work: Work, letter: IssuedLetter) -> Verdict:
    alone = [letter.answer_id] if letter.answer_id else []
    told = [each.id for each in answers_sharing(work.session, letter.sha256)] or alone
    found = [_of_answer(work, letter, each) for each in told]
    # A letter that tells several answers stands as long as all of them do.
    standing = next((each for each in found if each is not Standing.GENUINE), Standing.GENUINE)
    return Verdict(standing, letter.issuer, letter.issued_on, is_sealed=letter.certificate is not None)


def _of_answer(work: Work, letter: IssuedLetter, answer_id: str) -> Standing:
    answer = work.session.get_one(Answer, answer_id)
    if work.session.get(Retraction, answer_id) is not None:
        successor = answer_given(work.session, answer.inquiry_id)
        return Standing.REPLACED if successor else Standing.WITHDRAWN
    if answer.file_sha256 != letter.sha256:
        # It was printed anew before it left.
        return Standing.REPLACED
    return Standing.GENUINE if answer.given_at is not None else Standing.NOT_YET


def _whole(work: Work, letter: IssuedLetter, content: bytes) -> Verdict:
    verdict = _of(work, letter)
    is_intact = True
    if letter.certificate is not None:
        certificate = work.session.get_one(SealCertificate, letter.certificate)
        is_intact = is_sealed_with(content, bytes(certificate.der))
    return Verdict(
        verdict.standing if is_intact else Standing.ALTERED,
        verdict.issuer,
        verdict.issued_on,
        is_sealed=verdict.is_sealed,
        is_whole=True,
    )


def _not_ours(work: Work, content: bytes) -> Verdict:
    """A letter whose bytes are unknown: one of ours after a change, if it carries a seal of ours still."""
    found = seals_in(content)
    if any(bytes(row.der) in seal for row in certificates(work.session) for seal in found):
        return Verdict(Standing.ALTERED, is_whole=True)
    return Verdict(Standing.UNKNOWN, is_whole=True)


def _count(house: House, address: str, verdict: Verdict) -> None:
    if verdict.standing not in (Standing.UNKNOWN, Standing.ALTERED):
        return
    with house.work(NOBODY) as work:
        delay = work.session.get(LookUpDelay, _key(house, address), with_for_update=True)
        if delay is None:
            delay = LookUpDelay(address_key=_key(house, address), misses=0, until=work.now + WINDOW)
            work.session.add(delay)
        if work.now >= delay.until:
            delay.misses, delay.until = 0, work.now + WINDOW
        delay.misses += 1


def _key(house: House, address: str) -> bytes:
    return house.sealer.blind_index("address", "inquiry", address)
