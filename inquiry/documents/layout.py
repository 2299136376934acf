"""The plain layout of a letter's words: headings, paragraphs, lists and tables, one after the other (文面の骨組み).

Not here  the sentences: templates/letters/. What becomes of them: documents/word_file.py, documents/workbook_file.py.
"""

from lxml import etree

from inquiry.domain.errors import InvalidValue


def elements_of(markup: str) -> list[etree._Element]:
    """Return the parts of a letter in the layout ``file``, in their order.

    :raises InvalidValue: if a text holds a character that no XML file may hold.
    """
    try:
        return list(etree.fromstring(markup, etree.XMLParser(resolve_entities=False, no_network=True)))
    except etree.XMLSyntaxError:
        # The parser's message quotes the text around the place, which may be a name.
        raise InvalidValue("letter:unwritable_character") from None


def text_of(element: etree._Element) -> str:
    """Return the text of a part, that of its own parts included."""
    return "".join(element.itertext()).strip("\n")
