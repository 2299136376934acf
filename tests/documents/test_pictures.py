"""The pictures in the documentation show the letters as they are printed now."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat

from inquiry.documents.press import LetterPress
from tests.documents.letters import TEMPLATES
from tests.documents.pictures import FOLDER, LETTERS, drawn

pytestmark = pytest.mark.documents

# Two versions of the renderer smooth edges differently; a line that moved or a word that changed is far above.
TOLERATED = 0.5


@pytest.mark.parametrize("name", LETTERS)
def test_the_picture_of_a_letter_is_true(name, program):
    program("pdftoppm")
    with (
        Image.open(FOLDER / f"{name}.png") as shown,
        Image.open(io.BytesIO(drawn(LetterPress(TEMPLATES), LETTERS[name]))) as printed,
    ):
        assert shown.size == printed.size
        difference = ImageStat.Stat(ImageChops.difference(shown.convert("L"), printed.convert("L"))).mean[0]
    assert difference < TOLERATED, "draw them anew: python -m tests.documents.pictures"


def test_there_is_a_picture_of_every_letter_and_of_nothing_else():
    assert {path.stem for path in FOLDER.iterdir()} == set(LETTERS)
