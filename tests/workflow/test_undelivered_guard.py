"""No My Number is kept beside an answer that did not arrive."""

import pytest

from inquiry.domain.errors import MyNumberFound
from tests.workflow.test_outbox import heard_address, post
from tests.workflow.test_undelivered import confirm_arrival, sent_back, waiting


def test_what_was_said_on_the_telephone_holds_no_my_number(world, receiver):
    inquiry_id = heard_address(world)
    sent_back(world, receiver, post(world, inquiry_id))
    with pytest.raises(MyNumberFound):
        confirm_arrival(world, inquiry_id, "健康推進課 １２３４ ５６７８ ９０１８")
    assert waiting(world) == [inquiry_id]
