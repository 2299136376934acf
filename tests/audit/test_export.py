"""An export verifies by itself, and stops verifying when any byte, line or order is changed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiry.audit.export import ExportCheck, lines
from inquiry.audit.verify import Fault, Harm
from inquiry.domain.errors import InvalidValue
from inquiry.domain.my_number import Level, examine
from tests.audit import independent_verifier
from tests.audit.ledgers import AT, FIRST, SECOND, THIRD, chain, ledger

SOUND = b"".join(lines(*ledger(), AT))
LINES = SOUND.splitlines(keepends=True)


def check(path, content):
    """Return the faults, or the code of the refusal."""
    path.write_bytes(content)
    found = ExportCheck(path)
    try:
        return list(found.faults())
    except InvalidValue as error:
        return error.code


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.jsonl"


def test_what_is_exported_verifies_here_and_by_a_verifier_written_from_the_document(path):
    assert check(path, SOUND) == []
    assert independent_verifier.verify(path) == (8, 3)


def test_an_empty_ledger_is_exported_as_its_head_statement(path):
    assert check(path, b"".join(lines([], {}, AT))) == []
    assert independent_verifier.verify(path) == (0, 0)


def swapped(one, other):
    new = list(LINES)
    new[one], new[other] = new[other], new[one]
    return new


ATTACKS = [
    (LINES[:-1], "ledger:no_head_statement"),  # the last line is dropped
    ([], "ledger:no_head_statement"),
    (LINES[:-2] + LINES[-1:], [Fault(THIRD, 1, Harm.CUT_OFF)]),
    (LINES[:3] + LINES[4:], [Fault(FIRST, 4, Harm.CUT_OFF)]),
    (LINES[:1] + LINES[2:], [Fault(FIRST, 2, Harm.REMOVED)]),
    (LINES[:4] + LINES[7:], [Fault(SECOND, 1, Harm.CUT_OFF)]),  # a whole chain
    (swapped(1, 2), [Fault(FIRST, 2, Harm.REORDERED)]),
    (LINES[4:7] + LINES[:4] + LINES[7:], [Fault(FIRST, 1, Harm.REORDERED)]),
    (LINES[:2] + LINES[1:], [Fault(FIRST, 2, Harm.INSERTED)]),  # a line twice
    ([b"{}\n", *LINES], [Fault("", 1, Harm.UNREADABLE)]),
    (
        [LINES[0].replace(b'"seq":1', b'"seq": 1'), *LINES[1:]],
        [Fault(FIRST, 1, Harm.REMOVED), Fault("", 1, Harm.UNREADABLE)],
    ),
    ([*LINES[:-1], LINES[-1].replace(b'"entries":8', b'"entries":7')], "ledger:head_statement_altered"),
]


@pytest.mark.parametrize(("attacked", "found"), ATTACKS)
def test_every_attack_is_found_by_both_verifiers(path, attacked, found):
    assert check(path, b"".join(attacked)) == found
    with pytest.raises((independent_verifier.Broken, ValueError, IndexError, KeyError)):
        independent_verifier.verify(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=400)
@given(offset=st.integers(0, len(SOUND) - 1), to=st.integers(0, 255))
def test_one_changed_byte_anywhere_is_found_by_both_verifiers(path, offset, to):
    changed = SOUND[:offset] + bytes([to]) + SOUND[offset + 1 :]
    if changed == SOUND:
        return
    assert check(path, changed) != []
    with pytest.raises((independent_verifier.Broken, ValueError, KeyError, TypeError, AttributeError, OverflowError)):
        independent_verifier.verify(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(one=st.integers(0, len(LINES) - 1), other=st.integers(0, len(LINES) - 1))
def test_any_two_lines_swapped_are_found(path, one, other):
    if one != other:
        assert check(path, b"".join(swapped(one, other))) != []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(dropped=st.integers(0, len(LINES) - 1))
def test_any_line_dropped_is_found(path, dropped):
    assert check(path, b"".join(LINES[:dropped] + LINES[dropped + 1 :])) != []


def test_nothing_in_a_long_export_passes_for_a_my_number():
    entries = chain(FIRST, 500)
    content = b"".join(lines(entries, {FIRST: (500, entries[-1].leaf)}, AT))
    assert examine(content.decode("ascii")).level is not Level.BLOCK
