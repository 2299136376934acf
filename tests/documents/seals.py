"""Seals for the tests, made at run time: no private key stands in a file."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from inquiry.documents.electronic_seal import ElectronicSeal, open_seal
from inquiry.documents.self_made_certificate import make_pkcs12

PASSWORD = "seal of the tests"
NOW = datetime.now(UTC)


@cache
def seal(holder: str = "架空健康保険組合") -> ElectronicSeal:
    """Return a seal with a certificate that it made itself."""
    return open_seal(make_pkcs12(holder, PASSWORD, NOW), PASSWORD)


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


def issued_pkcs12(key: object, *, until: datetime = NOW + timedelta(days=30), password: str = PASSWORD) -> bytes:
    """Return a PKCS#12 file with a certificate that an authority issued, and the authority's beside it."""
    authority_key = ec.generate_private_key(ec.SECP256R1())
    authority = _named("架空認証局")
    root = _certificate(authority, authority, authority_key.public_key(), authority_key, is_authority=True)
    own = _certificate(_named("架空組合"), authority, key.public_key(), authority_key, until=until)
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return serialize_key_and_certificates(b"seal", key, own, [root], encryption)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(subject, issuer, public_key, key, *, until=NOW + timedelta(days=30), is_authority=False):
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=400))
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(key, SHA256())
    )
