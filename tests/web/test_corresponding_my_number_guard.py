"""A My Number said on the telephone is not written down (memo annex STEP1, 留意)."""

import pytest

from inquiry.workflow import filing
from tests.outside import insurer_outside
from tests.web.stages import state_of


@pytest.mark.parametrize("field", ["speaker", "remark", "document_number", "SHIKAKU-02"])
def test_no_field_of_the_record_takes_a_my_number(client_as, world, field):
    insurer_id = insurer_outside(world)
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing(insurer_id=insurer_id)).id
    clerk = client_as("clerk")
    record = f"/inquiries/{inquiry_id}/outside/record"
    typed = {"speaker": "鈴木", "SHIKAKU-03": "345", field: "番号 123456789018"}
    page = clerk.send(clerk.open(f"{record}?word=answer"), record, status=422, way="called", **typed)
    assert any("マイナンバー" in line for line in page.errors)
    assert "123456789018" not in page.response.get_data(as_text=True)
    assert state_of(world, inquiry_id) == "filed"
