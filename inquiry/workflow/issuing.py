"""Giving a letter out: its check number, its seal, and what recognises it afterwards (文書の発行).

Decides   that no letter leaves the press without a number, and that it is sealed wherever there is a certificate.
Not here  what stands in a letter: composing.py. Whether it may leave: answering.give.
"""

import secrets
from dataclasses import replace

from inquiry.documents.letter import Letter, Proof
from inquiry.domain.check_number import in_groups, new_check_number
from inquiry.security.sealing import Sealer, content_hash
from inquiry.store.answering import Answer
from inquiry.store.inquiries import Inquiry
from inquiry.store.issuing import IssuedLetter, letter_hashed
from inquiry.workflow import certificates
from inquiry.workflow.work import Work

# The page that asks for the number, and the short way to it that a QR code holds in capitals.
PAGE = "/verify"
SHORT = "/V/"


def issue(work: Work, inquiry: Inquiry, letter: Letter, *, answer: Answer | None = None) -> bytes:
    """Print a letter with a check number of its own, seal it, and return it as it will leave.

    `answer` is what the letter tells, where it tells one: only once that is given does the letter count as issued.

    :raises UndrawableCharacter: if a text holds a character that no installed font draws.
    :raises Forbidden: if the timestamp server named by the operator gives no timestamp.
    """
    number = new_check_number(secrets.choice)
    content = work.house.press.print_pdf(replace(letter, proof=_proof(work, number)))
    # A municipality's letter bears the operator's seal, never that of the insurer it asks.
    seal = certificates.seal_in_force(work, work.actor.insurer_id or "")
    if seal is not None:
        content = seal.sealed(content)
    work.session.add(
        IssuedLetter(
            number_key=number_key(work.house.sealer, number),
            sha256=content_hash(content),
            issuer=work.actor.organisation_name,
            issued_on=letter.dated_on,
            issued_at=work.now,
            inquiry_id=inquiry.id,
            answer_id=answer.id if answer else None,
            certificate=certificates.on_record(work, seal.certificate) if seal else None,
        )
    )
    return content


def is_sealed(work: Work, answer: Answer) -> bool:
    """Say whether the letter of an answer bears an electronic seal."""
    letter = letter_hashed(work.session, answer.file_sha256) if answer.file_sha256 else None
    return letter is not None and letter.certificate is not None


def number_key(sealer: Sealer, number: str) -> bytes:
    """Return under what a check number is kept and found."""
    return sealer.blind_index("check_number", "inquiry", number)


def _proof(work: Work, number: str) -> Proof:
    address = work.house.public_address
    if not address:
        return Proof(in_groups(number))
    return Proof(in_groups(number), f"{address}{PAGE}", f"{address.upper()}{SHORT}{number}")
