"""The picture of a seal is one PNG about square, and leaves its words behind."""

import io

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from inquiry.documents.seal_picture import LARGEST_BYTES, PRINTED_SIDE, checked
from inquiry.domain.errors import InvalidValue


def png(width=600, height=600, *, mode="RGBA", words=None):
    picture = Image.new(mode, (width, height), "red" if mode != "RGBA" else (255, 0, 0, 128))
    target = io.BytesIO()
    picture.save(target, "PNG", pnginfo=words)
    return target.getvalue()


def test_a_seal_is_printed_on_white_in_the_size_of_the_paper():
    with Image.open(io.BytesIO(checked(png(900, 850)))) as seal:
        assert (seal.format, seal.mode, seal.size) == ("PNG", "RGB", (PRINTED_SIDE, PRINTED_SIDE))
        assert seal.getpixel((PRINTED_SIDE // 2, PRINTED_SIDE // 2)) == (255, 127, 127)
        assert seal.getpixel((0, 0)) == (255, 255, 255)


def test_words_hidden_in_the_file_do_not_come_along():
    words = PngInfo()
    words.add_text("Comment", "個人の氏名")
    assert "個人の氏名".encode() in png(words=words)
    assert "個人の氏名".encode() not in checked(png(words=words))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "seal:no_png"),
        (b"\x89PNG\r\n\x1a\nand nothing", "seal:no_png"),
        (png()[:300], "seal:no_png"),
        (b"GIF89a" + bytes(500), "seal:no_png"),
        (png() + bytes(LARGEST_BYTES), "seal:no_png"),
        (png(199, 199), "seal:wrong_size"),
        (png(4001, 4001, mode="1"), "seal:wrong_size"),
        (png(600, 400), "seal:not_square"),
    ],
    ids=["empty", "broken", "cut off", "another format", "too many bytes", "too small", "too large", "oblong"],
)
def test_what_is_no_seal_is_refused(content, code):
    with pytest.raises(InvalidValue) as refused:
        checked(content)
    assert (refused.value.code, refused.value.field) == (code, "seal")
