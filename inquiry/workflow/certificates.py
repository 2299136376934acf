"""Whose certificate seals a letter: the insurer's own, or else the operator's (電子シールの証明書).

Decides   that an insurer's supervisor alone brings a certificate or ends it, and that an expired one seals nothing.
Secrets   the file with its key is sealed at rest together with its password; opened, it stays in memory by its
          fingerprint, so that a letter does not wait for it.
"""

import base64
from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from inquiry.documents.electronic_seal import Certificate, ElectronicSeal, open_seal
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.store.issuing import SealCertificate, certificate_in_force, certificates_of
from inquiry.workflow.work import Work

LARGEST_FILE = 64 * 1024


def seal_in_force(work: Work, insurer_id: str) -> ElectronicSeal | None:
    """Return what seals this insurer's letters now, or None: then they leave unsealed, and the page says so."""
    own = certificate_in_force(work.session, insurer_id)
    seal = _opened(work, own) if own is not None else work.house.seal
    return seal if seal is not None and seal.certificate.is_valid_at(work.now) else None


def own_certificates(work: Work) -> list[SealCertificate]:
    """Return the acting insurer's certificates, the newest first."""
    return certificates_of(work.session, work.actor.insurer_id or "")


def add(work: Work, content: bytes, password: str) -> Certificate:
    """Take in a PKCS#12 file as the acting insurer's certificate; the one before seals no more.

    :raises Forbidden: if the actor is no supervisor.
    :raises InvalidValue: if the file is too large, does not open, has no usable key, or is not valid now.
    """
    _check_supervisor(work)
    if len(content) > LARGEST_FILE:
        raise InvalidValue("certificate:unreadable", field="file")
    certificate = open_seal(content, password).certificate
    if not certificate.is_valid_at(work.now):
        raise InvalidValue("certificate:not_valid_now", field="file")
    if work.session.get(SealCertificate, certificate.fingerprint) is not None:
        raise InvalidValue("certificate:known_already", field="file")
    earlier = certificate_in_force(work.session, work.actor.insurer_id or "")
    if earlier is not None:
        _end(work, earlier)
    row = _row(work, certificate)
    row.insurer_id = work.actor.insurer_id
    kept = {"file": base64.b64encode(content).decode("ascii"), "password": password}
    row.pkcs12_ct = work.seal(kept, "seal_certificate.pkcs12", row.fingerprint)
    work.session.add(row)
    work.record("certificate:added", certificate=row.fingerprint)
    return certificate


def end(work: Work, fingerprint: str) -> None:
    """Stop sealing with the acting insurer's certificate; its key is deleted, letters it sealed stay recognised.

    :raises Forbidden: if the actor is no supervisor.
    :raises NotFound: if it is not in use.
    """
    _check_supervisor(work)
    row = certificate_in_force(work.session, work.actor.insurer_id or "")
    if row is None or row.fingerprint != fingerprint:
        raise NotFound("certificate:not_in_use")
    _end(work, row)
    work.record("certificate:ended", certificate=row.fingerprint)


def on_record(work: Work, certificate: Certificate) -> str:
    """Keep the public part of a certificate that seals, and return its fingerprint."""
    if work.session.get(SealCertificate, certificate.fingerprint) is None:
        # Another letter may be the first under it at the same moment; then the row is there all the same.
        with suppress(IntegrityError), work.session.begin_nested():
            work.session.add(_row(work, certificate))
    return certificate.fingerprint


def _row(work: Work, certificate: Certificate) -> SealCertificate:
    return SealCertificate(
        fingerprint=certificate.fingerprint,
        holder=certificate.holder,
        der=certificate.der,
        valid_until=certificate.valid_until,
        added_at=work.now,
        added_by=work.actor.account_id,
    )


def _end(work: Work, row: SealCertificate) -> None:
    row.ended_at, row.pkcs12_ct = work.now, None


def _check_supervisor(work: Work) -> None:
    if not work.actor.is_supervisor or work.actor.insurer_id is None:
        raise Forbidden("certificate:supervisor_only")


def _opened(work: Work, row: SealCertificate) -> ElectronicSeal | None:
    if row.pkcs12_ct is None:
        return None
    if row.fingerprint not in _in_memory:
        kept = work.open(row.pkcs12_ct, "seal_certificate.pkcs12", row.fingerprint)
        seal = open_seal(
            base64.b64decode(kept["file"]), kept["password"], timestamp_address=work.house.timestamp_address
        )
        _in_memory[row.fingerprint] = seal
    return _in_memory[row.fingerprint]


# A certificate never changes under its fingerprint, and one that was ended is asked for no more.
_in_memory: dict[str, ElectronicSeal] = {}
