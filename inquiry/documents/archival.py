"""What turns an accessible PDF into one that may also be kept for years (長期保存, PDF/A).

Decides   that one file is PDF/UA-1 and PDF/A-2u at once: what is kept is what was read.
Not here  the letter itself: documents/press.py.

The renderer writes the marks of one standard only. PDF/A asks besides for the colours' meaning, for an identifier
of the file, and for a description of every mark that it does not know itself.
"""

from functools import cache
from importlib.resources import files
from typing import Any, Final

import pydyf

_CONDITION = "sRGB IEC61966-2.1"
_CLOSING: Final = b"</rdf:RDF>"
_MARKS: Final = b"""<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" rdf:about="" pdfaid:part="2" \
pdfaid:conformance="U"/><rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def make_archival(_document: Any, pdf: Any) -> None:
    """Add what PDF/A-2u asks for to an accessible PDF that is about to be written; a finisher of the renderer's."""
    profile = pydyf.Stream([_profile()], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference})
    intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String(_CONDITION)
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [part.replace(_CLOSING, _MARKS + _CLOSING) for part in metadata.stream]


@cache
def _profile() -> bytes:
    """Return the profile of the colours of a screen, which comes with the renderer."""
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
