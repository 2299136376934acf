"""Organisations and their accounts, in PMO staff's hands."""

import pytest

from inquiry.store.municipalities import Municipality
from tests.web.visitor import Visitor
from tests.world import PASSWORD

OWN_WORDS = "夕方の川べりで聞いた鳥の声のこと"


@pytest.fixture
def pmo(client_as):
    return client_as("pmo")


def organisation(pmo, name="千代田区"):
    return pmo.open(pmo.open(f"/organisations/?text={name}").links(name)[0])


def opened(pmo, **fields):
    page = organisation(pmo)
    page = pmo.open(page.links("利用者を追加")[0])
    return pmo.send(page, **{"login_name": "suzuki", "display_name": "鈴木 次郎", "role": "clerk", **fields})


def password_on(page):
    return page.tree.xpath("string(//*[@class='c-secret__value']/span[@class='u-hidden'])")


def log_in(app, login_name, password, status=303):
    visitor = Visitor(app.test_client())
    visitor.send(visitor.open("/login"), "/login", login_name=login_name, password=password, status=status)
    return visitor


def test_a_generated_password_is_shown_once_and_must_be_changed_before_anything_else(app, pmo):
    password = password_on(opened(pmo))
    assert len(password) >= 15
    visitor = log_in(app, "suzuki", password)
    for path in ("/", "/account/settings", "/inquiries/find?number=INQ-2026-000001"):
        assert visitor.client.get(path).location == "/account/password"
    page = visitor.open("/account/password")
    visitor.send(page, old=password, password=OWN_WORDS, repeated=OWN_WORDS)
    assert log_in(app, "suzuki", OWN_WORDS).client.get("/").location != "/account/password"


def test_who_must_change_the_password_can_still_log_out(app, pmo):
    visitor = log_in(app, "suzuki", password_on(opened(pmo)))
    page = visitor.open("/account/password")
    token = page.tree.xpath("string(//form[@action='/logout']//input[@name='csrf_token']/@value)")
    assert visitor.client.post("/logout", data={"csrf_token": token}).location == "/login"


def test_a_typed_password_is_not_shown_again(app, pmo):
    page = opened(pmo, password=PASSWORD)
    assert PASSWORD not in page.text
    log_in(app, "suzuki", PASSWORD)


REFUSED = [
    ({"login_name": "clerk"}, "使われています"),
    ({"login_name": ""}, "ログインIDを入力"),
    ({"display_name": ""}, "氏名を入力"),
    ({"password": "short"}, "15文字以上"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_an_account_that_cannot_be_is_refused_with_the_reason(pmo, change, said):
    page = opened(pmo, status=422, **change)
    assert [line for line in page.errors if said in line]


def test_a_role_that_does_not_fit_the_organisation_is_not_offered_and_refused(pmo):
    page = pmo.open(organisation(pmo).links("利用者を追加")[0])
    form = page.form()
    assert form.inputs["role"].value_options == ["clerk"]
    values = {**dict(form.form_values()), "login_name": "x", "display_name": "x", "role": "auditor"}
    refused = pmo.post(page.path, list(values.items()), status=422)
    assert "付けられません" in refused.text


def test_a_disabled_account_is_out_at_once_and_comes_back_with_a_new_password(app, pmo):
    visitor = log_in(app, "clerk", PASSWORD)
    page = organisation(pmo)
    disable = next(action for action in page.actions if action.endswith("/disable"))
    page = pmo.send(page, disable)
    assert "停止中" in page.text
    assert visitor.client.get("/account/settings").location.startswith("/login")
    page = pmo.send(page, disable.replace("disable", "enable"))
    log_in(app, "clerk", PASSWORD, status=422)
    assert log_in(app, "clerk", password_on(page)).client.get("/").location == "/account/password"


def test_a_new_password_ends_every_login_and_is_shown_once(app, pmo):
    visitor = log_in(app, "clerk", PASSWORD)
    page = organisation(pmo)
    reset = next(action for action in page.actions if action.endswith("/password"))
    password = password_on(pmo.send(page, reset))
    assert visitor.client.get("/account/settings").location.startswith("/login")
    log_in(app, "clerk", password)
    assert password not in organisation(pmo).text


def test_nobody_closes_or_resets_their_own_account(pmo, world):
    page = organisation(pmo, "デジタルＰＭＯ")
    assert not [action for action in page.actions if world.pmo.account_id in action]
    other = organisation(pmo)
    values = other.form("/organisations/accounts").form_values()
    for deed in ("disable", "password"):
        pmo.post(f"/organisations/accounts/{world.pmo.account_id}/{deed}", values, status=422)


def test_a_municipality_of_the_directory_and_an_insurer_of_the_list_get_their_organisation(pmo, world):
    with world.house.work(world.operator) as work:
        work.session.add(Municipality(code="131024", prefecture="東京都", name="中央区", kana="チュウオウク"))
        work.record("municipality:directory_founded")
    page = pmo.send(pmo.open("/municipalities/131024"), "/organisations/of-municipality/131024")
    assert "中央区" in page.text
    assert "利用者がいません" in page.text
    page = pmo.open(pmo.open(f"/contacts/{world.insurer_id}").links("利用者を見る")[0])
    assert "officer" in page.text


def test_an_organisation_of_the_pmo_is_opened_by_name(pmo):
    page = pmo.send(pmo.open("/organisations/new"), name="監査室")
    page = pmo.open(page.links("利用者を追加")[0])
    assert page.form().inputs["role"].value_options == ["auditor", "pmo_staff"]


@pytest.mark.parametrize("name", ["clerk", "officer", "auditor"])
def test_only_pmo_staff_keep_accounts(client_as, name):
    client_as(name).open("/organisations/", status=403)


def test_an_insurers_officer_is_made_a_supervisor_and_no_longer(world, client_as):
    pmo = client_as("pmo")
    page = pmo.open(f"/organisations/{world.officer.organisation_id}")
    address = f"/organisations/accounts/{world.officer.account_id}/supervise"
    page = pmo.send(page, address)
    assert "責任者にしました。" in page.text
    page = pmo.send(page, address)
    assert "責任者から外しました。" in page.text


def test_a_new_account_may_be_a_supervisors_from_the_start(world, client_as):
    pmo = client_as("pmo")
    page = pmo.open(f"/organisations/{world.officer.organisation_id}/accounts/new")
    pmo.send(page, login_name="chief", display_name="長", role="officer", supervises=True, password="")
    assert pmo.open(f"/organisations/{world.officer.organisation_id}").text.count("責任者から外す") == 2


def test_nobody_but_an_insurers_officer_supervises(world, client_as):
    pmo = client_as("pmo")
    page = pmo.open(f"/organisations/{world.clerk.organisation_id}")
    assert "責任者" not in page.text
    token, key = (
        page.tree.xpath(f"string(//input[@name='{name}']/@value)") for name in ("csrf_token", "idempotency_key")
    )
    values = [("csrf_token", token), ("idempotency_key", key), ("supervises", "yes")]
    refused = pmo.post(f"/organisations/accounts/{world.clerk.account_id}/supervise", values, status=422)
    assert "責任者にできるのは、医療保険者の担当者だけです。" in refused.text
