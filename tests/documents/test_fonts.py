"""Which face draws a name; the faces themselves are asked, not a table."""

import pytest

from inquiry.documents.fonts import Face, Run, runs, undrawable
from tests.documents.letters import KATSU_MJ, NABE_AJ, NABE_MJ

pytestmark = pytest.mark.documents


@pytest.mark.parametrize(
    ("character", "face"),
    [
        ("髙", Face.BODY),
        ("﨑", Face.BODY),
        ("●", Face.BODY),
        ("𠮷", Face.MOJI_JOHO),
        (KATSU_MJ, Face.MOJI_JOHO),
        (NABE_MJ, Face.MOJI_JOHO),
        (NABE_AJ, Face.ADOBE_JAPAN1),
    ],
)
def test_a_form_goes_to_the_first_face_that_really_has_it(character, face):
    assert runs(character) == (Run(character, face),)


def test_neighbours_of_one_face_stay_together_and_nothing_is_lost():
    assert [(run.text, run.face) for run in runs(f"髙﨑{NABE_MJ}𠮷 太郎")] == [
        ("髙﨑", Face.BODY),
        (NABE_MJ + "𠮷", Face.MOJI_JOHO),
        (" 太郎", Face.BODY),
    ]


@pytest.mark.parametrize(
    ("text", "code_points"),
    [
        ("山田 太郎\n", ()),
        ("葛\U000e01ef", ("U+845B U+E01EF",)),  # a sequence in no collection would silently become plain 葛
        ("\ue000\ue000", ("U+E000",)),  # 外字: named once
        ("山\u202e田", ("U+202E",)),  # would turn the name round
        ("a\x00", ("U+0000",)),
    ],
)
def test_what_no_face_draws_is_named_by_code_point(text, code_points):
    assert undrawable(text) == code_points
