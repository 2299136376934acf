"""The electronic seal of a letter: a PAdES signature of its organisation (電子シール).

Decides   that a sealed letter is certified with no change permitted, so that whatever is changed afterwards shows.
Not here  which certificate seals which letter: workflow/certificates.py. What the public learns: workflow/verifying.py.
Secrets   the private key stays in memory; no error and no `repr` shows it.

The profile is B-B, and B-T where the operator names a timestamp server; nothing else is ever asked over a network. The
key is loaded once: loading an RSA key checks it, which takes longer than all the rest of a seal.
"""

import binascii
import hashlib
import io
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from asn1crypto import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates, load_pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from inquiry.documents.timestamp import TimestampServer
from inquiry.domain.errors import Forbidden, InvalidValue

SMALLEST_RSA_BITS: Final = 2048
_SIGNATURE: Final = re.compile(rb"/Contents\s*<((?:[0-9A-Fa-f]{2}){256,32768})>")

# Out of bounds, because PDF/UA wants an invisible field outside the page or hidden, and PDF/A forbids hidden ones.
_FIELD: Final = SigFieldSpec(
    "Seal", readable_field_name="電子シール", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True)
)
_META: Final = PdfSignatureMetadata(
    field_name=_FIELD.sig_field_name,
    md_algorithm="sha256",
    subfilter=SigSeedSubFilter.PADES,
    certify=True,
    docmdp_permissions=MDPPerm.NO_CHANGES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The public part of a seal: whose it is, and from when until when it seals."""

    holder: str
    valid_from: datetime
    valid_until: datetime
    der: bytes = field(repr=False)

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate, which names it; 64 letters from a to p, so never a My Number."""
        return "".join(chr(ord("a") + int(digit, 16)) for digit in hashlib.sha256(self.der).hexdigest())

    def is_valid_at(self, moment: datetime) -> bool:
        """Say whether a letter may be sealed then."""
        return self.valid_from <= moment <= self.valid_until


class _KeptKey(SimpleSigner):
    """A signer whose private key was loaded once; pyHanko's own loads it anew for every signature."""

    def __init__(self, key: Any, certificate: x509.Certificate, chain: SimpleCertificateStore) -> None:
        super().__init__(signing_cert=certificate, signing_key=None, cert_registry=chain)
        self._key = key

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:  # noqa: ARG002 - SHA-256, as `_META` asks
        """Sign with the key in memory."""
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), SHA256())
        signature: bytes = self._key.sign(data, ECDSA(SHA256()))
        return signature


@dataclass(frozen=True)
class ElectronicSeal:
    """A certificate with its key, ready to seal; may be shared between threads."""

    certificate: Certificate
    _signer: _KeptKey = field(repr=False)
    _timestamps: TimestampServer | None = field(default=None, repr=False)

    def sealed(self, pdf: bytes) -> bytes:
        """Return the PDF with its seal behind it; not a byte of it may be changed any more.

        :raises Forbidden: if the timestamp server named by the operator gives no timestamp.
        """
        written = io.BytesIO()
        signer = PdfSigner(_META, signer=self._signer, timestamper=self._timestamps, new_field_spec=_FIELD)
        try:
            signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=written)
        except TimestampRequestError as error:
            raise Forbidden("certificate:no_timestamp") from error
        return written.getvalue()


def open_seal(pkcs12: bytes, password: str, *, timestamp_address: str = "") -> ElectronicSeal:
    """Return the seal in a PKCS#12 file; its certificates go into every sealed letter.

    :raises InvalidValue: if the password does not open it, or it holds no certificate with an RSA or EC key.
    """
    try:
        opened = load_pkcs12(pkcs12, password.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise InvalidValue("certificate:unreadable", field="file") from error
    _check(opened)
    assert opened.cert is not None
    held = opened.cert.certificate
    own = x509.Certificate.load(held.public_bytes(Encoding.DER))
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
    chain.register_multiple(
        [own, *(x509.Certificate.load(each.certificate.public_bytes(Encoding.DER)) for each in opened.additional_certs)]
    )
    certificate = Certificate(
        holder=own.subject.human_friendly,
        valid_from=held.not_valid_before_utc,
        valid_until=held.not_valid_after_utc,
        der=own.dump(),
    )
    timestamps = TimestampServer(timestamp_address) if timestamp_address else None
    return ElectronicSeal(certificate, _KeptKey(opened.key, own, chain), timestamps)


def _check(opened: PKCS12KeyAndCertificates) -> None:
    if opened.cert is None or not isinstance(opened.key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise InvalidValue("certificate:no_usable_key", field="file")
    if isinstance(opened.key, RSAPrivateKey) and opened.key.key_size < SMALLEST_RSA_BITS:
        raise InvalidValue("certificate:weak_key", field="file")


def is_sealed_with(pdf: bytes, certificate_der: bytes) -> bool:
    """Say whether this certificate's seal covers the PDF from its first byte to its last, and nothing was changed.

    It holds longer than the certificate: that was looked at when the letter was sealed. Only for letters of our own:
    what somebody hands in is compared as bytes and never opened.
    """
    seals = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if len(seals) != 1 or seals[0].signer_cert.dump() != certificate_der:
        return False
    *_, last_start, last_length = seals[0].byte_range
    if last_start + last_length != len(pdf):
        return False
    own = x509.Certificate.load(certificate_der)
    context = ValidationContext(trust_roots=[own], allow_fetching=False)
    status = validate_pdf_signature(
        seals[0], context, ts_validation_context=context, key_usage_settings=KeyUsageConstraints()
    )
    return bool(status.bottom_line)


def seals_in(content: bytes) -> list[bytes]:
    """Return what signatures lie in a file, as they are encoded; the file is searched and not opened."""
    return [binascii.unhexlify(found[1]) for found in _SIGNATURE.finditer(content)]
