"""The picture of an office's seal, checked before it is kept (公印の印影).

Decides   what may be printed as a seal: one PNG, about square, small; everything in it but the picture is dropped.
Not here  where it is printed: templates/letters/letters.css.
"""

import io
import warnings
from typing import Final

from PIL import Image

from inquiry.domain.errors import InvalidValue

LARGEST_BYTES: Final = 1_000_000
SMALLEST_SIDE, LARGEST_SIDE = 200, 4000
PRINTED_SIDE: Final = 496  # 21 mm at 600 dots an inch
# The renderer tells the library to take files that were cut off, for the whole program; so the end is looked for.
_SIGNATURE, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_SQUARE_ENOUGH = 1.15


def checked(content: bytes) -> bytes:
    """Return the picture as it will be printed: on white, in the size of the paper, without any words in the file.

    :raises InvalidValue: if it is no PNG, too large, too small or not about square.
    """
    if len(content) > LARGEST_BYTES or not (content.startswith(_SIGNATURE) and content.endswith(_END)):
        raise InvalidValue("seal:no_png", field="seal")
    try:
        with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            _check_shape(*picture.size)
            opened = picture.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Warning) as error:
        if isinstance(error, InvalidValue):
            raise
        # What is wrong with a broken file is no use to whoever uploads it.
        raise InvalidValue("seal:no_png", field="seal") from None
    return _printed(opened)


def _check_shape(width: int, height: int) -> None:
    if not SMALLEST_SIDE <= min(width, height) <= max(width, height) <= LARGEST_SIDE:
        raise InvalidValue("seal:wrong_size", field="seal")
    if max(width, height) > min(width, height) * _SQUARE_ENOUGH:
        raise InvalidValue("seal:not_square", field="seal")


def _printed(picture: Image.Image) -> bytes:
    side = min(PRINTED_SIDE, max(picture.size))
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", (side, side), "white")
    paper.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2), picture)
    target = io.BytesIO()
    paper.save(target, "PNG", optimize=True)
    return target.getvalue()
