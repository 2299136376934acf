"""電子シール: an insurer's supervisor brings the certificate, and its letters bear it from then on."""

import io
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from inquiry.documents.self_made_certificate import make_pkcs12
from inquiry.store.issuing import SealCertificate
from inquiry.workflow import certificates, lettering, verifying
from inquiry.workflow.verifying import Standing
from tests.documents.seals import NOW, PASSWORD, issued_pkcs12
from tests.web.stages import answered_by_letter
from tests.web.visitor import Page

pytestmark = pytest.mark.documents


def brought(visitor, content, password=PASSWORD):
    page = visitor.open("/seal")
    fields = dict(page.form("/seal/add").form_values()) | {"password": password}
    fields["file"] = (io.BytesIO(content), "seal.p12")
    response = visitor.client.post("/seal/add", data=fields, content_type="multipart/form-data")
    return visitor.open("/seal") if response.status_code == 303 else Page(response, "/seal/add")


def own(world):
    return make_pkcs12("みほん健康保険組合", PASSWORD, world.clock.now)


def verdict_of(world, inquiry_id):
    with world.house.work(world.officer) as work:
        pdf = lettering.preview(work, inquiry_id).content
    return verifying.by_file(world.house, "192.0.2.1", pdf)


def test_without_a_certificate_letters_are_unsealed_and_the_page_says_so(client_as):
    assert "証明書が登録されていないため、電子シールは付きません。" in client_as("officer").open("/seal").text


def test_a_supervisor_brings_a_certificate_and_letters_bear_it(client_as, world):
    page = brought(client_as("supervisor"), own(world))
    assert "証明書を登録しました。" in page.text
    assert "貴団体の証明書" in page.text
    assert "みほん健康保険組合" in page.text
    verdict = verdict_of(world, answered_by_letter(world))
    assert (verdict.standing, verdict.is_sealed) == (Standing.GENUINE, True)


def test_an_officer_may_look_and_not_change(client_as, world):
    officer = client_as("officer")
    page = officer.open("/seal")
    assert page.actions == []
    fields = [*officer.open("/account/settings").form().form_values(), ("password", PASSWORD)]
    posted = {**dict(fields), "file": (io.BytesIO(own(world)), "seal.p12")}
    refused = officer.client.post("/seal/add", data=posted, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "責任者だけです" in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("content", "password", "sentence"),
    [
        (b"nothing", PASSWORD, "証明書のファイルを開けません。"),
        (b"x" * (certificates.LARGEST_FILE + 1), PASSWORD, "証明書のファイルを開けません。"),
        (None, "wrong", "証明書のファイルを開けません。"),
    ],
)
def test_what_is_no_certificate_is_refused(client_as, world, content, password, sentence):
    page = brought(client_as("supervisor"), content or own(world), password)
    assert page.status == 422
    assert page.errors[0].startswith(sentence)


def test_an_expired_certificate_is_refused(client_as):
    expired = issued_pkcs12(ec.generate_private_key(ec.SECP256R1()), until=NOW - timedelta(days=1))
    assert brought(client_as("supervisor"), expired).errors == [
        "証明書の有効期間の外です。有効な証明書を選んでください。"
    ]


def test_the_same_certificate_is_not_taken_twice(client_as, world):
    content = own(world)
    brought(client_as("supervisor"), content)
    assert brought(client_as("supervisor"), content).errors[0].startswith("この証明書は、すでに登録されています。")


def test_a_new_certificate_replaces_the_old_whose_key_is_deleted_and_whose_letters_stay(client_as, world):
    supervisor = client_as("supervisor")
    brought(supervisor, own(world))
    first = answered_by_letter(world)
    page = brought(supervisor, own(world))
    assert [page.tree.xpath(f"count(//td/span[text()='{chip}'])") for chip in ("使用中", "終了")] == [1, 1]
    with world.house.reading() as work:
        rows = work.session.query(SealCertificate).order_by(SealCertificate.ended_at).all()
        assert sorted(row.pkcs12_ct is None for row in rows) == [False, True]
    assert verdict_of(world, first).standing is Standing.GENUINE


def test_a_certificate_is_ended_by_its_own_insurer_alone(client_as, world):
    supervisor = client_as("supervisor")
    page = brought(supervisor, own(world))
    end = next(action for action in page.actions if action.endswith("/end"))
    stranger = client_as("other_officer")
    token = dict(stranger.open("/account/settings").form().form_values())
    stranger.post(end, list(token.items()), status=422)
    assert "使用をやめ、秘密鍵を消しました。" in supervisor.send(page, end).text
    assert "電子シールは付きません" in supervisor.open("/seal").text
    assert verdict_of(world, answered_by_letter(world)).is_sealed is False


def test_no_private_key_lies_open_in_the_database(client_as, world, tmp_path):
    content = own(world)
    brought(client_as("supervisor"), content)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("inquiry.db*"))
    assert content[:200] not in stored
    assert PASSWORD.encode() not in stored
