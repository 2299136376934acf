"""The parts of an Office file, read within limits and written again (Officeファイルの部品).

Decides   how much of a stranger's package is unpacked at all.
Not here  what a part may hold: documents/template_check.py.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from lxml import etree

from inquiry.domain.errors import InvalidValue

MAXIMUM_BYTES: Final = 2 * 1024 * 1024
MAXIMUM_UNPACKED_BYTES: Final = 20 * 1024 * 1024
MAXIMUM_PARTS: Final = 300

_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError)
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)  # the same parts give the same file


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by their names.

    :raises InvalidValue: ``template:too_large`` beyond the limits, ``template:not_word`` if it is no package.
    """
    if len(content) > MAXIMUM_BYTES:
        raise InvalidValue("template:too_large")
    with _damage_named(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        _check_size(members)
        # No more is read than a member declares, and what it declares was counted.
        return {member.filename: archive.read(member) for member in members}


def _check_size(members: Sequence[zipfile.ZipInfo]) -> None:
    if len(members) > MAXIMUM_PARTS or sum(member.file_size for member in members) > MAXIMUM_UNPACKED_BYTES:
        raise InvalidValue("template:too_large")


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except InvalidValue:
        raise
    except _DAMAGE as error:
        raise InvalidValue("template:not_word") from error


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the parts as one file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def parsed(part: bytes) -> etree._Element:
    """Return the root of an XML part; nothing outside it is opened.

    :raises InvalidValue: ``template:not_word`` if it is not well-formed.
    """
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        raise InvalidValue("template:not_word") from None


def written(root: etree._Element) -> bytes:
    """Return an XML part as bytes."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
