"""A certificate that an installation makes for itself, for the demonstration (自己署名の証明書).

It proves that a letter is unchanged since this installation sealed it. Who runs the installation it proves to nobody:
readers of PDF files will call its signer unknown, and an insurer at work has a certificate issued to it.
"""

from datetime import datetime, timedelta
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

VALID_FOR: Final = timedelta(days=3 * 365)


def make_pkcs12(holder: str, password: str, now: datetime) -> bytes:
    """Return a PKCS#12 file with a fresh P-256 key and its own certificate in this name."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "JP"), x509.NameAttribute(NameOID.COMMON_NAME, holder)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # Its first letters may be dated by a clock somewhat behind.
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_for_signatures_alone(), critical=True)
        .sign(key, SHA256())
    )
    return serialize_key_and_certificates(b"seal", key, certificate, None, BestAvailableEncryption(password.encode()))


def _for_signatures_alone() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
