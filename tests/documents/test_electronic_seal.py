"""The electronic seal: other people's validators accept it, and nothing may be changed behind it."""

import io
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from asn1crypto import tsp, x509
from asn1crypto.keys import PrivateKeyInfo
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from weasyprint import HTML

from inquiry.documents.electronic_seal import is_sealed_with, open_seal, seals_in
from inquiry.documents.press import LetterPress
from inquiry.documents.self_made_certificate import make_pkcs12
from inquiry.domain.errors import Forbidden, InvalidValue
from tests.documents.letters import ANSWER, TEMPLATES
from tests.documents.seals import NOW, PASSWORD, issued_pkcs12, rsa_key, seal

pytestmark = pytest.mark.documents


@pytest.fixture(scope="module")
def letter():
    return LetterPress(TEMPLATES).print_pdf(ANSWER)


@pytest.fixture(scope="module")
def sealed(letter):
    return seal().sealed(letter)


def validated(pdf, certificate):
    """Ask pyHanko's validator itself, which trusts this certificate and nothing else."""
    context = ValidationContext(trust_roots=[x509.Certificate.load(certificate)], allow_fetching=False)
    return validate_pdf_signature(PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0], context)


def accepts(pdf):
    """Say whether the seal holds; a file too damaged to be read holds none."""
    try:
        return is_sealed_with(pdf, seal().certificate.der)
    except Exception:
        return False


def test_the_letter_itself_stands_unchanged_before_its_seal(letter, sealed):
    assert sealed.startswith(letter)


def test_another_validator_finds_it_whole_certified_and_closed_to_changes(sealed):
    status = validated(sealed, seal().certificate.der)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.docmdp_ok
    with pikepdf.open(io.BytesIO(sealed)) as document:
        assert document.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
        assert document.Root.Perms.DocMDP.SubFilter == "/ETSI.CAdES.detached"


def test_poppler_accepts_it(sealed, program, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(sealed)
    said = subprocess.run([program("pdfsig"), str(tmp_path / "letter.pdf")], capture_output=True, text=True, check=True)
    assert "Signature is Valid." in said.stdout
    assert "Total document signed" in said.stdout
    assert "架空健康保険組合" in said.stdout


def test_a_changed_byte_anywhere_breaks_it(sealed):
    start = sealed.index(b"/Contents <") + len(b"/Contents <")
    used = 2 * (int.from_bytes(bytes.fromhex(sealed[start + 4 : start + 8].decode()), "big") + 4)
    # What fills the place of the signature up to its end is no part of it; its hash alone, kept apart, tells it.
    padding = range(start + used, sealed.index(b">", start))
    places = [*range(0, len(sealed), 997), *range(start, start + used, 331), len(sealed) - 2]
    for place in places:
        if place not in padding:
            changed = bytearray(sealed)
            changed[place] ^= 0x11
            assert not accepts(bytes(changed)), place


def test_what_is_added_behind_breaks_it(sealed):
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as document:
        document.pages[0].Rotate = 90
        document.save(turned)
    assert not accepts(turned.getvalue())
    assert not accepts(sealed + b"\n% and more\n")
    assert accepts(sealed)


def test_a_letter_without_a_seal_or_with_somebody_elses_is_not_ours(letter, sealed):
    assert not is_sealed_with(letter, seal().certificate.der)
    assert not is_sealed_with(sealed, seal("別の組合").certificate.der)


def test_a_seal_is_found_in_a_file_that_was_changed_without_opening_it(letter, sealed):
    assert seals_in(letter) == []
    assert [seal().certificate.der in found for found in seals_in(b"%damaged" + sealed[99:])] == [True]


# WeasyPrint leaves the colour profile of a PDF/A open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-2u", "pdf/a-3u"])
def test_the_file_keeps_its_kind(variant):
    page = HTML(string="<html lang=ja><title>題</title><body style='font-family: IPAexMincho'><p>文書</p>")
    plain = page.write_pdf(pdf_variant=variant)
    done = seal().sealed(plain)
    with pikepdf.open(io.BytesIO(done)) as document:
        metadata = document.Root.Metadata.read_bytes().decode()
        widget = document.pages[0].Annots[0]
        assert ("pdfuaid" if "ua" in variant else "pdfaid") in metadata
        # PDF/A: printed and not hidden. PDF/UA: what is not tagged lies outside the page, and has words.
        assert int(widget.F) & 0b110 == 0b100
        assert all(float(edge) < 0 for edge in widget.Rect)
        assert widget.TU == "電子シール"
    assert accepts(done)


@pytest.mark.parametrize("key", ["ec", 2048, 3072])
def test_a_certificate_issued_by_an_authority_seals_with_its_chain(letter, key):
    private = ec.generate_private_key(ec.SECP384R1()) if key == "ec" else rsa_key(key)
    issued = open_seal(issued_pkcs12(private), PASSWORD)
    done = issued.sealed(letter)
    assert is_sealed_with(done, issued.certificate.der)
    assert "架空組合" in issued.certificate.holder
    assert len(list(PdfFileReader(io.BytesIO(done)).embedded_signatures[0].other_embedded_certs)) == 1


def test_a_letter_stays_genuine_after_its_certificate_ran_out(letter):
    past = open_seal(issued_pkcs12(rsa_key(2048), until=NOW - timedelta(days=1)), PASSWORD)
    assert not past.certificate.is_valid_at(NOW)
    assert is_sealed_with(past.sealed(letter), past.certificate.der)


@pytest.mark.parametrize(
    ("content", "password", "code"),
    [
        (b"no certificate", PASSWORD, "certificate:unreadable"),
        (make_pkcs12("架空", PASSWORD, NOW), "another", "certificate:unreadable"),
        (issued_pkcs12(rsa_key(1024)), PASSWORD, "certificate:weak_key"),
        (issued_pkcs12(ed25519.Ed25519PrivateKey.generate()), PASSWORD, "certificate:no_usable_key"),
    ],
    ids=["no file", "wrong password", "weak", "other kind"],
)
def test_a_file_that_cannot_seal_is_refused_with_its_reason(content, password, code):
    with pytest.raises(InvalidValue) as refused:
        open_seal(content, password)
    assert refused.value.code == code


def test_nothing_shown_of_a_seal_tells_its_key():
    assert "PrivateKey" not in repr(seal())
    assert "_signer" not in repr(seal())


def test_many_threads_seal_at_once(letter):
    with ThreadPoolExecutor(4) as pool:
        assert all(map(accepts, pool.map(seal().sealed, [letter] * 8)))


# B-T: a timestamp where the operator names a server


@pytest.fixture
def timestamps():
    """Serve timestamps on this machine; the address and what to answer with."""
    opened = load_pkcs12(issued_pkcs12(rsa_key(2048)), PASSWORD.encode())
    own = x509.Certificate.load(opened.cert.certificate.public_bytes(Encoding.DER))
    raw = opened.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    clock = DummyTimeStamper(own, PrivateKeyInfo.load(raw))
    said = {}

    class Server(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            body = said.get("instead") or clock.request_tsa_response(asked).dump()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            pass

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", said, own
        server.shutdown()


def with_timestamps(address):
    return open_seal(make_pkcs12("架空", PASSWORD, NOW), PASSWORD, timestamp_address=address)


def test_a_timestamp_goes_into_the_seal(letter, timestamps):
    address, _said, own = timestamps
    done = with_timestamps(address).sealed(letter)
    assert own.dump() in seals_in(done)[0]
    trusting = ValidationContext(trust_roots=[own], allow_fetching=False)
    signature = PdfFileReader(io.BytesIO(done)).embedded_signatures[0]
    assert validate_pdf_signature(signature, trusting, ts_validation_context=trusting).timestamp_validity.intact


@pytest.mark.parametrize("trouble", ["no answer", "another answer"])
def test_without_the_timestamp_that_was_asked_for_nothing_is_sealed(letter, timestamps, trouble):
    address, said, _own = timestamps
    said["instead"] = b"no timestamp"
    wanted = with_timestamps("http://127.0.0.1:9/" if trouble == "no answer" else address)
    with pytest.raises(Forbidden, match="certificate:no_timestamp"):
        wanted.sealed(letter)
