"""memo 3(2) なお書き: a refusal or a delay is told to the desk that oversees the insurer."""

from inquiry.workflow import confirming
from inquiry.workflow.confirming import RefusalReason
from tests.web.stages import events_of, filed, version_of


def test_while_the_insurer_is_neither_late_nor_has_refused_there_is_nobody_to_tell(client_as, world):
    page = client_as("clerk").open(f"/inquiries/{filed(world)}")
    assert "所管課" not in page.text


def test_a_late_insurer_is_reported_to_its_own_desk_and_the_report_recorded(client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "厚生労働省保険局保険課 健康保険組合担当" in page.text
    assert "03-5253-1111（内線 3245）" in page.text
    assert "2017年に公表された番号です" in page.text
    page = clerk.send(page, f"{page.path}/escalate", **{"escalate-note": "電話で連絡"})
    assert "所管課への連絡を記録しました。" in page.text
    assert "連絡済み" in page.text
    assert events_of(world, inquiry_id)[-1] == "escalate"


def test_a_refusal_is_reported_at_once(client_as, world):
    inquiry_id = filed(world)
    with world.house.work(world.officer) as work:
        version = version_of(world, inquiry_id)
        confirming.refuse(work, inquiry_id, version, reason=RefusalReason.OTHER, note="対応できない")
    page = client_as("clerk").open(f"/inquiries/{inquiry_id}")
    assert "保険者から、回答できないと連絡がありました。" in page.text
    assert "厚生労働省保険局保険課 健康保険組合担当" in page.text
