"""A letter on whose pages a My Number would meet: what the officer reads, on the inquiry's page and on a run's."""

import pytest
from sqlalchemy import update

from inquiry.store.insurers import ContactEntry
from inquiry.workflow import letter_runs
from tests.workflow.runs import prepared_letter

pytestmark = pytest.mark.documents
SAID = "作成する文書に、マイナンバーと思われる数字が並ぶため、作成しませんでした。"


@pytest.fixture
def inquiry_id(world):
    prepared = prepared_letter(world)
    with world.house.engine.begin() as connection:
        connection.execute(update(ContactEntry).values(address="東京都みほん 1234-5678", department="9018"))
    return prepared


def test_the_page_of_the_inquiry_says_where_to_look(client_as, inquiry_id):
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    refused = officer.send(page, f"/inquiries/{inquiry_id}/letter/release", status=422)
    assert SAID in refused.text
    assert "9018" not in " ".join(refused.errors)


def test_the_page_of_a_run_says_so_beside_the_letter(client_as, inquiry_id, world):
    with world.house.work(world.officer) as work:
        run_id = letter_runs.begin(work, [inquiry_id]).id
    letter_runs.carry_on(world.house, world.officer)
    assert SAID in client_as("officer").open(f"/letter-runs/{run_id}").text
