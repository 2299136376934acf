"""memo 3(2) ※: the contact list is kept version by version; an import is whole or leaves no trace."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry.directory.contacts import COLUMNS, cells_of
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.workflow import adding, amending, auditing, contact_files, contacts, enacting, ending
from tests.world import SOCIETY, desk

UNION = desk("39131008", InsurerKind.WIDE_AREA_UNION, "みほん広域連合", "ﾐﾎﾝｺｳｲｷﾚﾝｺﾞｳ")


def row(world, **changes):
    with world.house.reading() as work:
        return replace(contacts.history(work, world.insurer_id)[0].row, **changes)


def change(work, row, *, version):
    ground = amending.Ground(evidence="届出", seen_on=work.today)
    return enacting.enact_if_ready(work, amending.amend_desk(work, amending.DeskEntry(row), ground, version=version))


GROUND = amending.Ground(evidence="届出", seen_on=date(2026, 11, 24))


def add(world, row):
    """Put a new insurer's desk on the list by two people."""
    with world.house.work(world.pmo) as work:
        amendment_id = adding.propose_desk(work, row, GROUND).id
    with world.house.work(world.other_pmo) as work:
        enacting.approve(work, amendment_id)
    return amendment_id


def table(*rows):
    lines = [",".join(COLUMNS), *(",".join(cells_of(each)[column] for column in COLUMNS) for each in rows)]
    return "\r\n".join(lines).encode()


def test_every_change_is_a_version_with_its_author_and_the_earlier_one_stays(world):
    with world.house.work(world.pmo) as work:
        change(work, row(world, section="資格課"), version=1)
    with world.house.reading() as work:
        newest, first = contacts.history(work, world.insurer_id)
    assert (newest.entry.version, newest.by_name, first.entry.valid_to) == (2, "pmo の担当", newest.entry.valid_from)
    assert [(each.column, each.old, each.new) for each in newest.changes] == [("担当部署", "適用課", "資格課")]


def test_a_change_of_an_ended_desk_is_superseded(world):
    before = row(world)
    with world.house.work(world.pmo) as work:
        contacts.end(work, world.insurer_id, 1)
    with pytest.raises(Superseded), world.house.work(world.pmo) as work:
        change(work, before, version=1)


def test_a_number_is_one_insurer_however_it_is_padded_and_kana_are_kept_in_full_width(world):
    national = desk("133033", InsurerKind.NATIONAL_SOCIETY, "みほん国保組合", "ﾐﾎﾝｺｸﾎｸﾐｱｲ")
    add(world, replace(national, insurer_number="00133033"))
    with pytest.raises(InvalidValue) as caught, world.house.work(world.pmo) as work:
        adding.propose_desk(work, national, GROUND)
    assert caught.value.code == "contact:listed_already"
    with world.house.reading() as work:
        entries, _total = contacts.found(work, contacts.Sought("ミホンコクホ"), limit=9)
        assert contacts.row_of(entries[0], work.today).insurer_number == "133033"


def test_a_further_desk_elsewhere_leaves_the_insurer_where_it_is(world):
    main = row(world)
    with world.house.work(world.operator) as work:
        branch = replace(main, desk_name="札幌窓口", prefecture="北海道", name="みほん健康保険組合 札幌", periods=())
        insurer = contacts.save(work, branch).insurer
        assert (insurer.name, insurer.prefecture) == (main.name, main.prefecture)
        assert contacts.history(work, world.insurer_id, desk=2)[0].row.prefecture == "北海道"


def test_an_insurer_that_was_never_listed_has_no_history(world):
    with pytest.raises(NotFound), world.house.reading() as work:
        contacts.history(work, "nobody")


def test_the_export_is_found_unchanged(world):
    add(world, replace(UNION, remarks="=1+1", section="'=課", hours='平日,"昼"も\n可'))
    with world.house.reading() as work:
        for encoding in ("utf-8-sig", "cp932"):
            shown = contact_files.preview(work, contact_files.export(work, encoding))
            assert (len(shown.difference.unchanged), shown.sheet.problems) == (3, ())
            assert (shown.difference.added, shown.difference.changed, shown.difference.ended) == ((), (), ())


def test_a_kept_file_is_imported_as_it_was_shown_and_then_let_go(world):
    with world.house.work(world.pmo) as work:
        kept = contact_files.keep(work, "list.csv", table(UNION)).id
    with world.house.work(world.pmo) as work:
        mark = contact_files.kept(work, kept).mark
        contact_files.take_over_kept(work, kept, mark, ends_missing=True, ground=GROUND)
    with world.house.reading(world.auditor) as work:
        assert contacts.found(work, contacts.Sought(), limit=9)[1] == 0
        (imported,), _total = auditing.listing(work, number="", event="contacts:imported", limit=1, offset=0)
        (end,) = (each.amendment for each in amending.history(work, insurer_id=world.insurer_id))
        assert ending.is_end(end)
    assert imported.refs == {"added": "1", "changed": "0", "ended": "2"}
    assert (end.evidence, end.took_effect_at) == (GROUND.evidence, world.clock.now)
    with pytest.raises(NotFound), world.house.reading(world.pmo) as work:
        contact_files.kept(work, kept)


def test_what_was_kept_is_sealed_and_nobody_elses(world):
    with world.house.work(world.pmo) as work:
        draft = contact_files.keep(work, "list.csv", table(UNION))
        assert "みほん広域連合".encode() not in draft.form_ct
    with pytest.raises(NotFound), world.house.reading(world.auditor) as work:
        contact_files.kept(work, draft.id)


def test_one_bad_row_stops_the_whole_import(world):
    content = table(UNION) + "\r\n1,協会けんぽ,東京都,甲,,乙,03-0000-1111,,,,,電話,,".encode()
    with world.house.work(world.pmo) as work:
        kept = contact_files.keep(work, "list.csv", content).id
    with pytest.raises(Forbidden, match="contacts:bad_rows"), world.house.work(world.pmo) as work:
        contact_files.take_over_kept(work, kept, contact_files.kept(work, kept).mark, ends_missing=False, ground=GROUND)


def test_an_import_does_what_its_preview_showed_or_nothing(world):
    with world.house.work(world.pmo) as work:
        kept = contact_files.keep(work, "list.csv", table(UNION)).id
        mark = contact_files.kept(work, kept).mark
    with world.house.work(world.pmo) as work:
        change(work, row(world, section="資格課"), version=1)
    with pytest.raises(Superseded), world.house.work(world.pmo) as work:
        contact_files.take_over_kept(work, kept, mark, ends_missing=True, ground=GROUND)
    with world.house.reading() as work:
        assert SOCIETY in [
            contacts.row_of(entry, work.today).insurer_number
            for entry in contacts.found(work, contacts.Sought(), limit=9)[0]
        ]
