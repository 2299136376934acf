"""What whoever hears a document read needs beyond what the renderer marks (読み上げのための印).

Source    PDF/UA-1 (ISO 14289-1) 7.5: a head cell says what it heads; 7.8: what only belongs to the paper is not read.
Decides   that cells of a row of heads alone head their columns, and any other head its row; that what stands in the
          margin, as the number of a page does, is no part of what is said.

The renderer lets cells name their heads, but lists the names nowhere, and a head of heads alone is named by none. What
stands in a margin it marks as text, and leaves it out of the order of reading.
"""

from collections.abc import Iterator
from typing import Any, Final

import pydyf

_HEAD: Final = "/TH"
_BEGINS: Final = b"BDC"

Heard = set[tuple[Any, int]]  # the pieces of text in the order of reading: a page, and a number on it


def complete_tags(_document: Any, pdf: Any) -> None:
    """Complete the marks of an accessible PDF that is about to be written; a finisher of the renderer's."""
    root = _at(pdf, pdf.catalog["StructTreeRoot"])
    elements = list(_elements(pdf, root["K"][0]))
    _name_scopes(pdf, [each for each in elements if each["S"] == _HEAD])
    _list_identifiers(root, elements)
    _set_margins_apart(pdf, {(each["Pg"], kid) for each in elements for kid in each["K"] if isinstance(kid, int)})


def _elements(pdf: Any, reference: Any) -> Iterator[Any]:
    element = _at(pdf, reference)
    yield element
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield from _elements(pdf, kid)


def _name_scopes(pdf: Any, heads: list[Any]) -> None:
    for head in heads:
        row = [_at(pdf, cell) for cell in _at(pdf, head["P"])["K"]]
        head["A"]["Scope"] = "/Column" if all(cell["S"] == _HEAD for cell in row) else "/Row"


def _list_identifiers(root: Any, elements: list[Any]) -> None:
    named = {each["ID"].data: each for each in elements if "ID" in each}
    if named:
        pairs = [part for _, each in sorted(named.items()) for part in (each["ID"], each.reference)]
        root["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(pairs)})


def _set_margins_apart(pdf: Any, heard: Heard) -> None:
    for page in pdf.page_references:
        written = _at(pdf, _at(pdf, page)["Contents"]).stream
        for place, operator in enumerate(written):
            if operator == _BEGINS and (page, written[place - 1]["MCID"]) not in heard:
                written[place - 2 : place] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _at(pdf: Any, reference: bytes) -> Any:
    number, *_ = reference.split()
    return pdf.objects[int(number)]
