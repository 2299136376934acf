"""STEP2 ④ on screen."""

from dataclasses import replace

import pytest

from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex
from inquiry.matching import keys
from inquiry.store import ledger
from inquiry.workflow import confirming, filing
from inquiry.workflow.confirming import Agreement
from tests.world import SATO, member


def confirmed(world, **changes):
    """File an inquiry, confirm its inquirer, and return the address of its page."""
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(**changes)).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return f"/inquiries/{inquiry_id}"


def is_recorded(world, event):
    with world.house.reading() as work:
        return any(event.encode() in entry.body for entry in ledger.entries(work.session))


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def verdicts(page):
    return {
        "".join(row.xpath("./th//text()")): row.xpath("./td[3]/span/text()")[0]
        for row in page.tree.xpath("//table[@class='c-comparison'][1]/tbody/tr")
    }


def test_one_person_equal_on_all_three_is_shown_beside_the_inquiry_and_recorded(world, officer):
    world.take_over_roster(member(), member("2", name=PersonName("鈴木　花子", "スズキ ハナコ"), sex=Sex.FEMALE))
    address = confirmed(world)
    page = officer.open(address)
    assert verdicts(page) == {"フリガナ": "一致", "漢字氏名": "一致", "生年月日": "一致", "性別": "一致"}
    assert "３情報がすべて一致する人が１人います" in page.text
    assert "異体字（新旧字体など）を同一とみなしました（髙→高）。" in page.text
    assert "加入中" in page.text
    page = officer.send(page, f"{address}/identify")
    assert "１人に特定しました（加入者名簿との照合" in page.text


def test_nobody_is_an_answer_too(world, officer):
    world.take_over_roster(member(sex=Sex.FEMALE))
    address = confirmed(world)
    page = officer.open(address)
    assert "３情報が一致する人はいません" in page.text
    page = officer.send(page, f"{address}/identify")
    assert "回答待ち（該当者なし）" in page.text


def test_two_persons_are_several(world, officer):
    world.take_over_roster(member("1"), member("2"))
    address = confirmed(world)
    page = officer.open(address)
    assert "一致する人が2人います" in page.text
    page = officer.send(page, f"{address}/identify")
    assert "複数該当" in page.text


DOUBTFUL = {"name": PersonName("高橋　●郎", "タカハシ タロウ")}


def test_a_doubtful_person_is_not_recorded_without_a_look(world, officer):
    world.take_over_roster(member(**DOUBTFUL))
    address = confirmed(world)
    page = officer.open(address)
    assert verdicts(page)["漢字氏名"] == "要確認"
    assert f"{address}/identify" not in page.actions
    form = page.form(f"{address}/candidate")
    assert form.xpath(".//input[@type='radio'][@checked]") == []
    token, key = (
        page.tree.xpath(f"string(//input[@name='{name}']/@value)") for name in ("csrf_token", "idempotency_key")
    )
    seal = page.tree.xpath("string(//input[@name='seal']/@value)")
    values = [("csrf_token", token), ("idempotency_key", key), ("version", "2"), ("seal", seal)]
    refused = officer.post(f"{address}/identify", values, status=422)
    assert "候補に確かめる点があります" in refused.text


def test_an_officer_who_looked_attests_each_identifier_with_a_reason(world, officer):
    world.take_over_roster(member(**DOUBTFUL))
    address = confirmed(world)
    page = officer.send(
        officer.open(address), f"{address}/candidate", member_id="1001", reason="原本で確認", status=422
    )
    assert "それぞれについて" in page.errors[0]
    page = officer.send(
        page, f"{address}/candidate", name="equal", birth_date="equal", sex="equal", reason="", status=422
    )
    assert page.errors == ["同じ人と判断した理由を入力してください。"]
    page = officer.send(page, f"{address}/candidate", reason="原本で「太」の字を確認")
    assert "１人に特定しました（加入者名簿の候補を担当者が確認" in page.text
    assert "原本で「太」の字を確認" in page.text


def test_less_than_all_three_is_nobody_whatever_the_officer_says(world, officer):
    world.take_over_roster(member(**DOUBTFUL))
    address = confirmed(world)
    given = {"member_id": "1001", "name": "differs", "birth_date": "equal", "sex": "equal", "reason": "似ている"}
    page = officer.send(officer.open(address), f"{address}/candidate", status=422, **given)
    assert "３つがすべて一致しなければ、回答できません" in page.text
    assert "加入者の確認待ち" in officer.open(address).text


def test_every_doubtful_person_may_be_rejected_with_a_reason(world, officer):
    world.take_over_roster(member(**DOUBTFUL))
    address = confirmed(world)
    page = officer.send(officer.open(address), f"{address}/reject", status=422)
    assert page.errors == ["別の人と判断した理由を入力してください。"]
    page = officer.send(page, f"{address}/reject", reason="住所も勤務先も異なる")
    assert "回答待ち（該当者なし）" in page.text


def test_of_two_candidates_in_doubt_the_officer_may_leave_it_open_and_ask_for_dates(world, officer):
    world.take_over_roster(member(), member("1002", **DOUBTFUL))
    address = confirmed(world)
    page = officer.open(address)
    assert "担当者の確認が必要な候補が2人います" in page.text
    page = officer.send(page, f"{address}/several", status=422, reason=" ")
    assert page.errors == ["決められない理由を入力してください。"]
    page = officer.send(page, f"{address}/several", reason="「●」の字を確かめられない")
    assert "２人以上が該当しました（加入者名簿の候補を担当者が確認" in page.text
    assert "担当者の記録：「●」の字を確かめられない" in page.text
    assert f"{address}/question" in page.actions


def test_of_one_candidate_in_doubt_nothing_is_left_open(world, officer):
    world.take_over_roster(member(**DOUBTFUL))
    address = confirmed(world)
    assert f"{address}/several" not in officer.open(address).actions


def test_the_only_person_of_a_frequent_name_may_turn_out_to_be_another_than_the_one_asked_about(world, officer):
    world.take_over_roster(member(), *CROWD)
    address = confirmed(world)
    page = officer.open(address)
    assert "この人が、照会の人ではないとき" in page.text
    page = officer.send(page, f"{address}/reject", reason="電話で住所が違うとわかった")
    assert "回答待ち（該当者なし）" in page.text
    assert f"{address}/prepare" in page.actions


def test_people_who_are_near_are_shown_for_a_button_alone_and_that_is_recorded(world, officer):
    world.take_over_roster(member(birth_date=PartialDate(1958, 4, 2)))
    address = confirmed(world)
    page = officer.open(address)
    assert "1958年4月2日" not in page.text
    assert not is_recorded(world, "roster:near_misses_shown")
    page = officer.send(page, f"{address}/near-misses")
    assert "近い人（参考）" in page.text
    assert "生年月日の日が異なります（照会 1日／名簿 2日）。" in page.text
    assert page.tree.xpath("//table[@class='c-comparison']//mark")
    assert is_recorded(world, "roster:near_misses_shown")
    assert "３情報が一致する人はいません" in page.text


def test_every_look_into_the_roster_is_in_the_ledger(world, officer):
    world.take_over_roster(member())
    officer.open(confirmed(world))
    assert is_recorded(world, "roster:searched")


def test_a_name_that_agrees_by_its_former_form_is_said_so(world, officer):
    world.take_over_roster(
        member(name=PersonName("佐藤　太郎", "サトウ タロウ"), former_name=PersonName("高橋　太郎", "タカハシ タロウ"))
    )
    page = officer.open(confirmed(world))
    assert "加入者情報の旧氏と一致しました。" in page.text


def test_without_a_roster_the_officer_attests_field_by_field(world, officer):
    address = confirmed(world)
    page = officer.open(address)
    assert page.form(f"{address}/attest").xpath(".//input[@checked]") == []
    page = officer.send(page, f"{address}/attest", finding="one", name="equal", status=422)
    assert "それぞれについて" in page.errors[0]
    page = officer.send(page, f"{address}/attest", birth_date="equal", sex="equal", number_registered="yes")
    assert "１人に特定しました（貴団体のシステムで担当者が確認" in page.text


def test_without_a_roster_one_identifier_that_differs_is_not_one_person(world, officer):
    address = confirmed(world)
    given = {"finding": "one", "name": "equal", "birth_date": "differs", "sex": "equal"}
    page = officer.send(officer.open(address), f"{address}/attest", status=422, **given)
    assert "「該当者なし」としてください" in page.text


@pytest.mark.parametrize(("finding", "state"), [("none", "回答待ち（該当者なし）"), ("several", "複数該当")])
def test_none_and_several_need_no_identifiers(world, officer, finding, state):
    address = confirmed(world)
    page = officer.send(officer.open(address), f"{address}/attest", finding=finding)
    assert state in page.text


def test_where_a_roster_is_kept_nobody_attests_past_it(world, officer):
    world.take_over_roster(member())
    address = confirmed(world)
    page = officer.open(address)
    key, token = (
        page.tree.xpath(f"string(//input[@name='{name}']/@value)") for name in ("idempotency_key", "csrf_token")
    )
    values = [("csrf_token", token), ("idempotency_key", key), ("version", "2"), ("finding", "none")]
    page = officer.post(f"{address}/attest", values, status=422)
    assert "名簿との照合で判定してください" in page.text


def test_the_officer_may_look_again_before_anything_is_answered(world, officer):
    world.take_over_roster(member())
    address = confirmed(world)
    page = officer.send(officer.open(address), f"{address}/identify")
    page = officer.send(page, f"{address}/identify-again", status=422)
    assert page.errors == ["やり直す理由を入力してください。"]
    page = officer.send(page, f"{address}/identify-again", reason="別の加入者を見ていた")
    assert "加入者の確認待ち" in page.text
    assert "別の加入者を見ていた" in page.text


def test_a_subject_with_an_alias_is_compared_by_it(world, officer):
    subject = replace(SATO, name=PersonName("金　太郎", "キム　タロウ"), alias=SATO.name)
    world.take_over_roster(member())
    page = officer.open(confirmed(world, subject=subject))
    assert "照会の通称で突合しました。" in page.text


def test_the_only_person_of_a_frequent_name_needs_a_further_fact(world, officer):
    world.take_over_roster(
        *(
            member(str(year), birth_date=PartialDate(year, month, 1))
            for year, month in ((1958, 4), (1956, 2), (1957, 3), (1959, 6), (1960, 7))
        ),
        member("6", birth_date=PartialDate(1958, 5, 1)),
    )
    address = confirmed(world)
    page = officer.open(address)
    assert "この名簿の前後２年の生年に5人より多くいます" in page.text
    assert f"{address}/identify" not in page.actions
    assert "市町村等に確かめて" not in page.text, "no step asks the municipality before an answer is prepared"
    page = officer.send(page, f"{address}/corroborate", reason="", status=422)
    assert page.errors == ["裏付けとした事項を選んでください。", "同じ人と判断した理由を入力してください。"]
    page = officer.send(page, f"{address}/corroborate", fact="address", reason="台帳の住所と申請書の住所が一致")
    assert "１人に特定しました（加入者名簿との照合" in page.text
    assert "同姓同名の裏付け：住所" in page.text


def test_people_who_are_near_are_shown_three_times_and_then_the_officer_is_told_what_to_do(world, officer):
    world.take_over_roster(member(birth_date=PartialDate(1958, 4, 2)))
    address = confirmed(world)
    page = officer.open(address)
    assert "この照会で、あと3回表示できます（貴団体全体では、本日あと50回）" in page.text
    for _ in range(3):
        page = officer.open(address)
        page = officer.send(page, f"{address}/near-misses")
    page = officer.send(officer.open(address), f"{address}/near-misses")
    assert "この照会で近い人を表示できる回数を使い切りました" in page.text
    assert "近い人（参考）" not in page.text
    assert "「該当者なし」として記録する" in page.tree.xpath("string(//main)")


def test_a_look_that_is_sent_twice_counts_once(world, officer):
    world.take_over_roster(member(birth_date=PartialDate(1958, 4, 2)))
    address = confirmed(world)
    values = officer.open(address).form(f"{address}/near-misses").form_values()
    assert "近い人（参考）" in officer.post(f"{address}/near-misses", values).text
    page = officer.post(f"{address}/near-misses", values)
    assert "この操作は、すでに受け付けています。" in page.text
    assert "この照会で、あと2回表示できます" in page.text


def test_who_is_near_changes_no_finding_and_is_told_to_nobody(world, officer):
    world.take_over_roster(member(birth_date=PartialDate(1958, 4, 2)))
    address = confirmed(world)
    page = officer.send(officer.open(address), f"{address}/near-misses")
    assert "近い人がいると市町村等に伝えることもできません" in page.text
    assert "確認を求め" not in page.text, "no step asks the municipality to confirm what it filed"
    assert "市町村等が「該当者なし」の回答を見て、新しい照会を作成します" in page.text


IN_KANA = PersonName("タカハシ　タロウ", "タカハシ　タロウ")
#  who shows no kanji is counted by the reading: whatever the sex, voiced or not, long or short
READ_ALIKE = [
    member(str(place), name=PersonName("", kana), sex=sex, birth_date=PartialDate(1958, 5, place))
    for place, (kana, sex) in enumerate(
        [
            ("タカハシ タロウ", Sex.FEMALE),
            ("タガハシ タロウ", Sex.MALE),
            ("タカバシ ダロウ", Sex.FEMALE),
            ("タカハシ タロー", Sex.MALE),
            ("ダカハシ タロウ", Sex.MALE),
            ("タカハシ ダロウ", Sex.FEMALE),
        ],
        1,
    )
]


@pytest.mark.parametrize("script", ["kanji", "kana"])
def test_the_page_says_truly_who_is_counted_among_namesakes(world, officer, script):
    changed, crowd = ({}, CROWD) if script == "kanji" else ({"name": IN_KANA}, READ_ALIKE)
    world.take_over_roster(member(**changed), *crowd)
    page = officer.open(confirmed(world, subject=replace(SATO, **changed)))
    assert "同姓同名とみられる人が多い氏名です" in page.text
    assert "氏名・性別が同じ人（漢字のわからない氏名では、性別を問わず、読みが似た人を含む）が" in page.text
    assert "前後２年の生年に5人より多くいます" in page.text


def test_where_one_person_is_found_nobody_near_is_offered(world, officer):
    world.take_over_roster(member())
    assert "近い人" not in officer.open(confirmed(world)).text


def test_no_page_of_the_municipality_shows_who_is_near(world, officer, client_as):
    world.take_over_roster(member(birth_date=PartialDate(1958, 4, 2)))
    address = confirmed(world)
    officer.send(officer.open(address), f"{address}/near-misses")
    clerk = client_as("clerk")
    assert "近い人" not in clerk.open(address).text
    page = clerk.open(address)
    token, key = (
        page.tree.xpath(f"string(//input[@name='{name}']/@value)") for name in ("csrf_token", "idempotency_key")
    )
    assert clerk.post(f"{address}/near-misses", [("csrf_token", token), ("idempotency_key", key)], status=403)


def test_of_the_rosters_address_only_what_the_inquiry_says_is_shown(world, officer):
    world.take_over_roster(member(address="東京都千代田区みほん1-2-7　みほんハイツ305"))
    subject = replace(SATO, address="千代田区みほん1-2-3")
    page = officer.open(confirmed(world, subject=subject))
    row = next(row for row in page.tree.xpath("//table[@class='c-comparison']//tr") if "住所" in row.text_content())
    assert "".join(row.xpath("./td[2]//text()")) == "…千代田区みほん1-2-…"
    assert "みほんハイツ" not in page.text


def test_a_withheld_record_looks_like_any_other_until_an_answer_is_prepared(world, officer, client_as):
    shown = []
    for is_withheld in (False, True):
        world.take_over_roster(member(is_withheld=is_withheld))
        address = confirmed(world)
        page = officer.open(address)
        panels = [" ".join(each.text_content().split()) for each in page.tree.xpath("//section[@class='c-panel']")]
        page = officer.send(page, f"{address}/identify")
        panels += [" ".join(each.text_content().split()) for each in page.tree.xpath("//section[@class='c-panel']")]
        assert "不開示の記録" not in page.text
        shown.append(panels)
    assert shown[0] == shown[1]
    values = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}
    refused = officer.send(page, f"{address}/prepare", status=422, channel="call_back", **values)
    assert "受付番号を責任者に伝え" in refused.text
    supervisor = client_as("supervisor")
    page = supervisor.open(address)
    assert "不開示とされています" in page.text
    page = supervisor.send(page, f"{address}/open-withheld", status=422)
    assert page.errors == ["開いてよいと判断した理由を入力してください。"]
    page = supervisor.send(page, f"{address}/open-withheld", reason="本人の同意書を確認")
    assert "不開示の記録を開きました" in page.text
    page = officer.send(officer.open(address), f"{address}/prepare", channel="call_back", **values)
    assert "回答の内容を保存しました" in page.text


def test_a_supervisor_who_identified_the_person_sends_for_another(world, client_as):
    world.take_over_roster(member(is_withheld=True))
    address = confirmed(world)
    supervisor = client_as("supervisor")
    page = supervisor.send(supervisor.open(address), f"{address}/identify")
    assert "ほかの責任者に依頼してください" in page.text
    assert f"{address}/open-withheld" not in page.actions


def test_nobody_is_said_with_the_date_of_the_roster(world, officer):
    world.take_over_roster(member(sex=Sex.FEMALE))
    address = confirmed(world)
    page = officer.send(officer.open(address), f"{address}/identify")
    assert "照合した加入者名簿：令和8年11月25日／2026年11月25日現在" in page.text
    page = officer.send(page, f"{address}/prepare", channel="call_back")
    assert "令和8年11月25日現在の加入者名簿で確かめた結果です。" in page.text


# What the page showed, and nothing else

CROWD = [member(str(number), birth_date=PartialDate(1958, 5, number)) for number in range(1, 9)]
LOOKED = {"name": "equal", "birth_date": "equal", "sex": "equal", "member_id": "1001", "reason": "原本で確認"}
REJECTED = {"reason": "生年月日の資料が違う"}
BORNE_OUT = {"fact": "address", "reason": "住所が一致"}
#   the button               on the roster when it is shown         what is typed
BUTTONS = {
    "one": ("identify", [member()], {}),
    "none": ("identify", [member("2", sex=Sex.FEMALE)], {}),
    "several": ("identify", [member(), member("1002")], {}),
    "candidate": ("candidate", [member(**DOUBTFUL)], LOOKED),
    "reject": ("reject", [member(**DOUBTFUL)], REJECTED),
    "in doubt": ("several", [member(), member("1002", **DOUBTFUL)], {"reason": "「●」の字を確かめられない"}),
    "namesake": ("reject", [member(), *CROWD], REJECTED),
    "corroborate": ("corroborate", [member(), *CROWD], BORNE_OUT),
}
#   what comes into force between page and button
MEANWHILE = {
    "another finding": [member("7"), member("8")],
    "another person": [member("1009")],
    "another person of the same doubt": [member("1009", **DOUBTFUL)],
    "another record of the same person": [member(is_withheld=True)],
    "the same once more": None,
}


@pytest.mark.parametrize(("button", "shown", "typed"), BUTTONS.values(), ids=BUTTONS)
@pytest.mark.parametrize("meanwhile", MEANWHILE.values(), ids=MEANWHILE)
def test_a_button_records_what_the_page_showed_or_nothing(world, officer, button, shown, typed, meanwhile):
    world.take_over_roster(*shown)
    address = confirmed(world)
    page = officer.open(address)
    world.take_over_roster(*(shown if meanwhile is None else meanwhile))
    refused = officer.send(page, f"{address}/{button}", status=409, **typed)
    assert "画面を開いた後に名簿が新しくなったため" in refused.text
    assert not typed or typed["reason"] in refused.text, "nothing typed is lost"
    assert f"{address}/identify-again" not in officer.open(address).actions, "nothing is recorded"


@pytest.mark.parametrize(("button", "shown", "typed"), BUTTONS.values(), ids=BUTTONS)
def test_without_another_roster_every_button_records(world, officer, button, shown, typed):
    world.take_over_roster(*shown)
    address = confirmed(world)
    officer.send(officer.open(address), f"{address}/{button}", **typed)
    assert "④ 加入者の確認（結果）" in officer.open(address).text


def test_what_a_page_carries_of_what_it_showed_names_nobody_and_is_of_one_inquiry(world, officer):
    world.take_over_roster(member())
    seals = {officer.open(confirmed(world)).tree.xpath("string(//input[@name='seal']/@value)") for _ in range(2)}
    assert len(seals) == 2
    assert not any("1001" in seal for seal in seals)


# While nobody can be found


def test_while_the_roster_waits_to_be_rebuilt_the_page_says_so_and_its_exits_stand(world, officer, monkeypatch):
    world.take_over_roster(member())
    address = confirmed(world)
    monkeypatch.setattr(keys, "VERSION", "newer")
    page = officer.open(address)
    assert "今は名簿と照合できません。" in page.text
    assert "roster rebuild" in page.text
    assert f"{address}/identify" not in page.actions
    assert {f"{address}/delay", f"{address}/refuse"} <= set(page.actions)


def test_a_finding_that_the_roster_in_force_does_not_bear_out_says_so_on_its_page(world, officer):
    world.take_over_roster(member())
    address = confirmed(world)
    officer.send(officer.open(address), f"{address}/identify")
    assert "今の名簿と突合の規則では、このままでは回答できません。" not in officer.open(address).text
    world.take_over_roster(member(is_withheld=True))
    page = officer.open(address)
    assert "今の名簿と突合の規則では、このままでは回答できません。" in page.text
    assert f"{address}/identify-again" in page.actions
