"""The page on which an insurer decides about matching, and registers its own kanji pairs by two people."""

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.parties import Role
from inquiry.matching.kana import KanaClass, KanaName
from inquiry.matching.spelling import classes_between
from inquiry.web import labels
from inquiry.workflow import account_keeping, accounts
from tests.web import stages
from tests.world import PASSWORD

PAIR = {"one": "昂", "other": "昴", "evidence": "戸籍の記載で確認（文書第12号）"}


@pytest.fixture
def officer(client_as):
    return client_as("officer")


@pytest.fixture
def colleague(world, client_as):
    """Another officer of the same insurer."""
    with world.house.work(world.operator) as work:
        office = account_keeping.office(work, world.officer.organisation_id).organisation
        new = accounts.NewAccount(
            "colleague", "同僚 花子", "適用課", Role.OFFICER, PASSWORD, must_change_password=False
        )
        accounts.add_account(work, office, new)
    return client_as("colleague")


def propose(officer, status=200, **changes):
    page = officer.open("/matching-rules")
    return officer.send(page, "/matching-rules/variants", status=status, **{**PAIR, **changes})


def withdrawal(page):
    return page.links("取り下げる")[0]


@pytest.mark.parametrize("kana_class", KanaClass)
def test_every_kind_of_spelling_has_a_name_and_an_example_of_itself(kana_class):
    one, other = labels.KANA_EXAMPLES[kana_class]
    assert labels.KANA_CLASSES[kana_class]
    assert classes_between(one, other) == (kana_class,)
    assert KanaName.of(one).reads_as(KanaName.of(other))


def test_the_page_shows_what_holds_and_what_the_product_would_do(officer):
    page = officer.open("/matching-rules")
    assert "すべて既定のとおりです" in page.text
    assert "既定は5人、0から5まで" in page.text
    assert page.form("/matching-rules").fields["near_miss_per_day"] == "50"


def test_a_change_holds_and_its_history_says_who_changed_what(officer):
    page = officer.open("/matching-rules")
    page = officer.send(
        page,
        "/matching-rules",
        contested_variants="confirm",
        kana_to_confirm=["long_vowel", "width"],
        namesakes_allowed="２",
    )
    assert "突合の規則を変更しました" in page.response.get_data(as_text=True)
    history = " ".join(page.tree.xpath("string(//ol[@class='c-timeline'])").split())
    for said in ("第1版", "officer の担当", "要確認とする", "全角と半角、長音の書き方", "同姓同名の人数：5 → 2"):
        assert said in history
    form = page.form("/matching-rules")
    assert (form.fields["contested_variants"], form.fields["namesakes_allowed"]) == ("confirm", "2")


@pytest.mark.parametrize("wrong", ["6", "-1", "", "多い", "1.5", "99999"])
def test_a_number_out_of_its_range_is_refused_at_its_field(officer, wrong):
    page = officer.send(officer.open("/matching-rules"), "/matching-rules", status=422, namesakes_allowed=wrong)
    assert page.errors == ["同姓同名の人数は、0から5までの数で入力してください。"]
    assert page.form("/matching-rules").fields["namesakes_allowed"] == wrong


def test_the_second_of_two_who_change_the_rules_is_told_who_was_first(officer):
    first, second = officer.open("/matching-rules"), officer.open("/matching-rules")
    officer.send(first, "/matching-rules", vanish_percent="1")
    assert "officer の担当" in officer.send(second, "/matching-rules", vanish_percent="2", status=409).text


def test_a_pair_waits_for_somebody_else_than_its_proposer(officer, colleague):
    page = propose(officer)
    assert "提案中" in page.text
    assert "ほかの担当者の確認待ち" in page.text
    assert not [action for action in page.actions if action.endswith("/release")]
    page = colleague.open("/matching-rules")
    release = next(action for action in page.actions if action.endswith("/release"))
    page = colleague.send(page, release)
    assert "有効化" in page.text
    assert "同僚 花子" in page.text


def test_the_proposer_cannot_go_round_the_missing_button(officer, colleague):
    propose(officer)
    release = next(action for action in colleague.open("/matching-rules").actions if action.endswith("/release"))
    hidden = [pair for pair in officer.open("/matching-rules").form().form_values() if "_" in pair[0]]
    tokens = [pair for pair in hidden if pair[0] in ("csrf_token", "idempotency_key")]
    assert "提案した本人は有効にできません" in officer.post(release, tokens, status=422).text


def test_a_release_says_how_many_inquiries_are_matched_by_it(world, officer, colleague):
    stages.confirmed(world)
    stages.found(world, Finding.NONE)
    assert "加入者の確認待ちの照会は1件" in propose(officer).text
    page = colleague.open("/matching-rules")
    page = colleague.send(page, next(action for action in page.actions if action.endswith("/release")))
    whole = page.response.get_data(as_text=True)
    assert "加入者の確認待ちの照会（1件）" in whole
    assert "いま新しい規則で照合し直しています" in whole
    assert "/queue" in page.links("照会の受付一覧を見る")[0]


def test_a_pair_is_withdrawn_with_a_reason_and_stays_on_the_list(officer):
    page = officer.open(withdrawal(propose(officer)))
    page = officer.send(page, status=422)
    assert page.errors == ["理由を入力してください。"]
    page = officer.send(page, reason="根拠の文書が別人のものだった")
    assert "根拠の文書が別人のものだった" in page.text
    assert page.links("取り下げる") == []


REFUSED = [
    ({"other": "昂"}, "同じ文字"),
    ({"one": "高", "other": "髙"}, "登録は要りません"),
    ({"one": "ス"}, "漢字を１文字だけ"),
    ({"evidence": ""}, "根拠を入力"),
    ({"other": ""}, "文字を入力"),
]


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_a_pair_that_cannot_be_is_refused_and_nothing_typed_is_lost(officer, change, said):
    page = propose(officer, status=422, **change)
    assert [line for line in page.errors if said in line]
    assert page.form("/matching-rules/variants").fields["other"] == {**PAIR, **change}["other"]


def test_a_pair_is_proposed_once(officer):
    propose(officer)
    page = propose(officer, status=422, one="昴", other="昂")
    assert [line for line in page.errors if "すでに提案" in line]


def test_another_insurers_pairs_are_not_there(officer, client_as):
    address = withdrawal(propose(officer))
    other = client_as("other_officer")
    assert "昂" not in other.open("/matching-rules").text
    other.open(address, status=404)


@pytest.mark.parametrize("name", ["clerk", "pmo", "auditor"])
def test_only_officers_decide_about_matching(client_as, name):
    client_as(name).open("/matching-rules", status=403)
