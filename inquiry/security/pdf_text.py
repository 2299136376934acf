"""The text of a PDF, for the My Number guard (PDFの走査).

Decides   that a PDF without readable text (a scan, an encrypted one) is unscannable, which is a refusal.
Limits    what a picture inside shows is not read, and a text drawn as curves is none.
"""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from inquiry.domain.errors import InvalidValue

MAXIMUM_PAGES = 2_000
_DAMAGE = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, RecursionError)

# It warns of every oddity of a file that we only read.
logging.getLogger("pypdf").setLevel(logging.ERROR)


def text_of_pdf(content: bytes) -> str:
    """Return all text of a PDF, pages, form fields and document properties.

    :raises InvalidValue: ``guard:unscannable`` if it is encrypted, damaged, too long, or holds no text.
    """
    try:
        reader = PdfReader(io.BytesIO(content))
        is_readable = not reader.is_encrypted and len(reader.pages) <= MAXIMUM_PAGES
        pages = [page.extract_text() for page in reader.pages] if is_readable else [""]
        fields = [str(value) for value in (reader.get_form_text_fields() or {}).values() if value]
        properties = [str(value) for value in (reader.metadata or {}).values()]
    except _DAMAGE as error:
        raise InvalidValue("guard:unscannable") from error
    if not all(page.strip() for page in pages):
        raise InvalidValue("guard:unscannable")
    return "\n\n".join([*pages, *fields, *properties])
