"""An insurer outside the system, at the clerk's screens: whom to call, what to say, what was answered."""

import pytest

from inquiry.workflow import filing
from tests.outside import insurer_joins, insurer_outside
from tests.web.stages import events_of, state_of


@pytest.fixture
def asked(world):
    insurer_id = insurer_outside(world)
    with world.house.work(world.clerk) as work:
        return f"/inquiries/{filing.file(work, world.filing(insurer_id=insurer_id)).id}"


def of(path):
    return path.rsplit("/", 1)[1]


def test_the_script_names_the_desks_number_and_the_three_identifiers_and_never_the_my_number(client_as, asked):
    clerk = client_as("clerk")
    page = clerk.open(asked)
    assert "この保険者は本システムを使っていません" in page.text
    script = clerk.open(*page.links("電話で照会する"))
    assert "03-0000-1234" in script.text.replace(" ", "")
    assert [link for link in script.links() if link.startswith("tel:")] == ["tel:0300001234"]
    for word in (
        "タカハシ タロウ",
        "昭和33年4月1日",
        "業務時間内",
        "個人番号（マイナンバー）は、言わない・聞かない・書かない",
    ):
        assert word in script.text
    # What the inquirer told as their own number is nobody's to read out.
    assert "03-0000-9999" not in script.text


def test_out_of_hours_the_script_says_when_the_desk_opens(client_as, world, asked):
    world.clock.forward(hours=9)
    script = client_as("clerk").open(f"{asked}/outside")
    assert "受付時間外" in script.text
    assert "令和8年11月26日（木） 08:30" in script.text


def test_the_answer_is_written_down_and_stands_on_the_page(client_as, world, asked):
    clerk = client_as("clerk")
    form = clerk.open(f"{asked}/outside/record?word=answer")
    told = {"SHIKAKU-02": "12", "SHIKAKU-06": "令和2年4月1日"}
    page = clerk.send(form, f"{asked}/outside/record", way="called_back", speaker="適用課　鈴木", **told)
    assert page.path == asked
    assert "回答を記録しました。" in page.text
    assert "令和2年4月1日" in page.text
    assert "適用課 鈴木" in page.text
    assert state_of(world, of(asked)) == "answered"
    settled = clerk.send(page, f"{asked}/settle", **{"settle-note": "受理"})
    assert "対応終了にしました。" in settled.text


def test_faults_come_back_to_their_fields_with_everything_typed(client_as, world, asked):
    clerk = client_as("clerk")
    form = clerk.open(f"{asked}/outside/record?word=answer")
    page = clerk.send(form, f"{asked}/outside/record", status=422, way="called", remark="聞いたこと")
    assert page.errors == ["電話で話した人の所属と氏名を入力してください。"]
    assert "聞いたこと" in page.form(f"{asked}/outside/record").fields["remark"]
    assert state_of(world, of(asked)) == "filed"


def test_dates_the_insurer_asked_for_are_written_down_as_told(client_as, world, asked):
    clerk = client_as("clerk")
    form = clerk.open(f"{asked}/outside/record?word=several")
    page = clerk.send(form, f"{asked}/outside/record", way="called", speaker="鈴木", remark="資格の時期を教えて")
    page = clerk.send(page, f"{asked}/dates", **{"supply-acquired": "令和2年4月"})
    assert "電話で照会する" in page.text
    assert events_of(world, of(asked))[-2:] == ["hear_question", "supply_dates"]


def test_once_the_insurer_took_it_up_the_clerk_waits_and_is_told_why(client_as, world, asked):
    clerk = client_as("clerk")
    form = clerk.open(f"{asked}/outside/record?word=answer")
    with world.house.reading(world.clerk) as work:
        insurer_id = work.inquiry(of(asked)).insurer_id
    insurer_joins(world, insurer_id)
    newcomer = client_as("newcomer")
    assert "まだ引き取っていない照会が1件" in newcomer.open("/queue").text
    taken = newcomer.send(newcomer.open(asked), f"{asked}/take-up")
    assert "この照会を引き取りました。" in taken.text
    assert "この照会を引き取る" not in taken.text
    late = clerk.send(form, f"{asked}/outside/record", status=409, way="called_back", speaker="鈴木")
    assert "newcomer の担当" in late.text
    clerk.open(f"{asked}/outside", status=422)
    page = clerk.open(asked)
    assert "本システムで引き取り" in page.text
    assert "保険者の回答を待っています" in page.text
