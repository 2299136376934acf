"""An insurer's own templates: kept in versions, put in force, and used for what leaves."""

import io

import pytest
from docx import Document

from inquiry.documents.template_starter import starter
from inquiry.domain.errors import NotFound, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.locked_file import FileKind
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.store.ledger import LedgerEntry
from inquiry.workflow import file_templates, locking, settling
from tests.web.stages import found, prepare, version_of
from tests.workflow.test_step2_locking import unlocked

pytestmark = pytest.mark.documents
ANSWER = ReplyKind.ANSWER


def own(world, sentence):
    """Return the starter with one sentence of the insurer's own."""
    document = Document(io.BytesIO(starter(ANSWER, world.house.press.wording)))
    document.add_paragraph(sentence)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def uploaded(world, sentence="組合からのお知らせ", hand=None):
    with world.house.work(hand or world.officer) as work:
        row, faults = file_templates.upload(work, ANSWER, own(world, sentence), note="文言の変更")
        assert faults == ()
        return row.number


def choose(world, number, instead_of):
    with world.house.work(world.officer) as work:
        file_templates.choose(work, ANSWER, number, instead_of=instead_of)


def answered(world):
    """Return the paragraphs of a locked Word file, opened with its password."""
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    with world.house.work(world.officer) as work:
        made = locking.make_file(work, inquiry_id, version_of(world, inquiry_id), kind=FileKind.WORD)
        locking.give_by_download(work, inquiry_id, work.inquiry(inquiry_id).version)
    with world.house.work(world.clerk) as work:
        content = settling.fetch(work, inquiry_id).content
    return [paragraph.text for paragraph in Document(io.BytesIO(unlocked(content, made.password))).paragraphs]


def ledger_of(world, event):
    with world.house.reading(world.officer) as work:
        bodies = [bytes(row.body).decode() for row in work.session.query(LedgerEntry)]
    return [body for body in bodies if f'"{event}"' in body]


def test_a_version_is_used_once_it_was_chosen_and_the_ledger_names_it(world):
    assert uploaded(world) == 1
    assert "組合からのお知らせ" not in answered(world)
    choose(world, 1, 0)
    assert "組合からのお知らせ" in answered(world)
    made = ledger_of(world, "inquiry:file_made")
    assert ['"template":"0"' in made[0], '"template":"1"' in made[1]] == [True, True]


def test_back_to_an_earlier_version_and_to_the_product_s_own(world):
    uploaded(world, "一つ目")
    uploaded(world, "二つ目")
    choose(world, 2, 0)
    choose(world, 1, 2)
    assert "一つ目" in answered(world)
    choose(world, 0, 1)
    assert not {"一つ目", "二つ目"} & set(answered(world))
    assert len(ledger_of(world, "file_template:chosen")) == 3


def test_versions_keep_who_and_when_and_are_the_insurer_s_own(world):
    uploaded(world)
    with world.house.reading(world.officer) as work:
        [row] = file_templates.versions(work, ANSWER)
        assert (row.uploaded_by_name, row.uploaded_at, row.note) == ("officer の担当", world.clock.now, "文言の変更")
        assert file_templates.versions(work, ReplyKind.NOT_FOUND) == []
    with world.house.reading(world.other_officer) as work:
        assert file_templates.versions(work, ANSWER) == []
        with pytest.raises(NotFound):
            file_templates.original(work, ANSWER, 1)


def test_the_second_of_two_choices_is_told_who_was_first(world):
    uploaded(world)
    uploaded(world)
    choose(world, 1, 0)
    with pytest.raises(Superseded):
        choose(world, 2, 0)
    with pytest.raises(NotFound):
        choose(world, 9, 1)


def test_a_file_with_faults_is_not_kept(world):
    with world.house.work(world.officer) as work:
        row, faults = file_templates.upload(work, ANSWER, own(world, "《未知》"), note="")
        assert (row, [fault.code for fault in faults]) == (None, ["template:field_unknown"])
        assert file_templates.versions(work, ANSWER) == []


@pytest.mark.parametrize("kind", file_templates.KINDS)
def test_a_sample_shows_nobody_who_exists(world, kind):
    with world.house.reading(world.officer) as work:
        file = file_templates.preview(work, kind, file_templates.OWN)
        begun = file_templates.original(work, kind, file_templates.OWN)
    assert file.name == f"sample-{kind}-0.docx"
    assert "架空健康保険組合" in [paragraph.text for paragraph in Document(io.BytesIO(file.content)).paragraphs]
    assert "《発信者》" in [paragraph.text for paragraph in Document(io.BytesIO(begun.content)).paragraphs]
