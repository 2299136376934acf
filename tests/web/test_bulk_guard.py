"""No My Number gets in by the record of a call for many, or by an address for notices."""

import pytest

from inquiry.workflow.bulk import Task
from tests.web.stages import filed, state_of
from tests.workflow.test_bulk import run
from tests.world import CHIYODA

MY_NUMBER = "123456789018"
#  who    where                            in which field                       and beside it
FIELDS = [
    ("officer", f"/bulk/confirm/{CHIYODA}", {"said": f"山田様。{MY_NUMBER}"}),
    ("pmo", f"/municipalities/{CHIYODA}", {"notice_address": f"{MY_NUMBER}@example.lg.jp"}),
    ("pmo", "/escalation-rules", {"pmo_notice_address": f"{MY_NUMBER}@pmo.example.jp", "reason": "変更"}),
    ("officer", "/own-entry/desk", {"notice_address": f"{MY_NUMBER}@society.example.jp", "evidence": "届出"}),
]


@pytest.mark.parametrize(("who", "path", "typed"), FIELDS)
def test_a_my_number_is_refused_and_not_repeated(client_as, world, who, path, typed):
    inquiry_id = filed(world)
    visitor = client_as(who)
    page = visitor.send(visitor.open(path), path, status=422, **typed)
    assert "マイナンバーと思われる数字が含まれています。" in page.text
    assert MY_NUMBER not in page.response.get_data(as_text=True)
    assert state_of(world, inquiry_id) == "filed"
    assert run(world, Task.CONFIRM, [inquiry_id]) == {}
