import pytest

from inquiry.directory.like_letters import letters_apart

#  typed             true              what stands beside what where they differ
BESIDE = [
    ("examp1e.lg.jp", "example.lg.jp", [("l", "1")]),
    ("exmple.lg.jp", "example.lg.jp", [("a", "")]),
    ("exaample.lg.jp", "example.lg.jp", [("", "a")]),
    ("みほん健康保険組含", "みほん健康保険組合", [("合", "含")]),
    ("example.lg.jp", "example.lg.jp", []),
]


@pytest.mark.parametrize(("typed", "true", "differing"), BESIDE)
def test_each_letter_stands_beside_its_own(typed, true, differing):
    pairs = letters_apart(typed, true)
    assert [pair for pair in pairs if pair[0] != pair[1]] == differing
    assert "".join(true for true, _typed in pairs) == true
    assert "".join(typed for _true, typed in pairs) == typed
