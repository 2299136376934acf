"""``inquiry roster rebuild``: every roster that needs it, whatever stands in the way of one of them."""

from contextlib import contextmanager

import pytest

from inquiry.workflow import roster
from inquiry.workflow.roster_rebuilding import needing_rebuild
from inquiry.workflow.roster_switching import alone_at
from tests.cli.conftest import EXAMPLES, SOCIETY, opened

BRANCH = "01130012"


@pytest.fixture
def rotated(on_each_engine, tmp_path):
    """The command where the rosters of two insurers lie under an older key."""
    lines = (EXAMPLES / "roster.csv").read_text("utf-8-sig").splitlines()[:4]
    file = tmp_path / "roster.csv"
    file.write_text("\n".join([*lines, ""]))
    assert on_each_engine("roster", "import", "--insurer", BRANCH, file).code == 0
    assert on_each_engine("keys", "rotate").code == 0
    return on_each_engine


@contextmanager
def beside():
    """Yield the house of the command that ran last, for somebody else who works there."""
    other = opened()
    try:
        yield other
    finally:
        other.engine.dispose()


def left_to_rebuild():
    with beside() as other:
        return needing_rebuild(other)


@pytest.mark.parametrize(("busy", "free"), [(SOCIETY, BRANCH), (BRANCH, SOCIETY)])
def test_an_insurer_whose_roster_is_being_imported_is_named_and_the_others_are_rebuilt(rotated, busy, free):
    with beside() as other:
        with other.reading() as work:
            busy_id = roster.insurer_of(work, busy).id
        with alone_at(other, busy_id):
            refused = rotated("roster", "rebuild")
    assert refused.code == 1
    assert refused.out.count("persons rebuilt") == 1
    assert f"{busy}: " in refused.err
    assert f"{free}: " not in refused.err
    assert left_to_rebuild() == [busy_id]
    done = rotated("roster", "rebuild")
    assert (done.code, done.out.count("persons rebuilt")) == (0, 1)
    assert left_to_rebuild() == []
