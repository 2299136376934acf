"""A My Number in an insurer's own template never becomes part of what leaves."""

import io

import pytest
from docx import Document

from inquiry.documents.template_starter import starter
from inquiry.domain.reply import ReplyKind
from inquiry.workflow import file_templates

pytestmark = pytest.mark.documents
NUMBER = "123456789018"


def test_a_template_that_holds_a_my_number_is_refused(world):
    document = Document(io.BytesIO(starter(ReplyKind.ANSWER, world.house.press.wording)))
    for piece in (NUMBER[:5], NUMBER[5:]):
        document.sections[0].footer.paragraphs[0].add_run(piece)
    target = io.BytesIO()
    document.save(target)
    with world.house.work(world.officer) as work:
        row, faults = file_templates.upload(work, ReplyKind.ANSWER, target.getvalue(), note="")
    assert (row, [fault.code for fault in faults]) == (None, ["my_number:found"])
