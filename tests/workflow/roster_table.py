"""Rosters as files: rows of a table, and the use cases that take them over (試験用の名簿ファイル)."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlalchemy import inspect

from inquiry.domain.findings import Finding
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS, WITHHELD
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.domain.wareki import EraCoding
from inquiry.store.roll_writing import roll_writer
from inquiry.store.rosters import ChangesUnderWay, RosterGeneration, Stage
from inquiry.workflow import identifying, roster
from inquiry.workflow.roster_changes import Sent, take_over_changes
from inquiry.workflow.roster_clearing import clear
from inquiry.workflow.roster_comparing import Consent, weighed
from inquiry.workflow.roster_loading import SILENT, RosterFile, load, new_roll
from inquiry.workflow.roster_switching import put_back, switch

WRITTEN = date(2026, 11, 20)
PATIENCE = 20  # seconds, on a machine that has other things to do
KANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"


def row(member_id="1001", **cells):
    """Return one row: 髙橋 太郎, changed as told by the columns' names."""
    plain = {
        "加入者ID": member_id,
        "記号": "12",
        "番号": "345",
        "氏名": "髙橋　太郎",
        "氏名カナ": "ﾀｶﾊｼ ﾀﾛｳ",
        "生年月日": "S33.4.1",
        "性別": "1",
        "本人家族区分": "本人",
        "資格取得年月日": "2019-04-01",
        "個人番号登録済": "1",
    }
    return {**plain, **cells}


def somebody(number, **cells):
    """Return the row of one of many people, each with a name and a number of their own."""
    name = "".join(KANA[number // len(KANA) ** place % len(KANA)] for place in range(4))
    return row(f"{number:06d}", 氏名="", 氏名カナ=f"{name} カズ", 番号=str(number), **cells)


def table(*rows, columns=(*ROSTER_COLUMNS, WITHHELD), encoding="utf-8"):
    lines = [columns, *([each.get(column, "") for column in columns] for each in rows)]
    return "".join(",".join(line) + "\r\n" for line in lines).encode(encoding)


def file_of(content, *, as_of=None, coding=EraCoding.CLAIMS):
    return RosterFile(io.BytesIO(content), len(content), as_of, coding)


def loaded(world, content, *, insurer_id="", coding=EraCoding.CLAIMS, processes=1, as_of=WRITTEN):
    """Load a file beside the roster in force; return the id of the import."""
    file = file_of(content, as_of=as_of, coding=coding)
    return load(world.house, world.operator, insurer_id or world.insurer_id, file=file, processes=processes)


def meanwhile(monkeypatch, module, name, do):
    """Let somebody else do something whenever this is about to be done, and have done; return a list of what was done."""
    plain, done = getattr(module, name), []

    def waited(*arguments, **more):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(do).result(PATIENCE)
        done.append(name)
        return plain(*arguments, **more)

    monkeypatch.setattr(module, name, waited)
    return done


def weighed_beside(world, generation_id, consent, *, insurer_id="", stage=Stage.LOADED):
    """Compare a roster with the one in force, as whoever is about to bring it into force."""
    with world.house.reading(world.operator) as work:
        return weighed(work, insurer_id or world.insurer_id, generation_id, consent, stage=stage)


def back(world, generation_id, consent):
    """Bring the roster before back into force."""
    beside = weighed_beside(world, generation_id, consent, stage=Stage.PREVIOUS)
    with world.house.work(world.operator) as work:
        put_back(work, beside)


def switched(world, generation_id, consent=Consent(), *, insurer_id=""):  # noqa: B008 - it is frozen
    beside = weighed_beside(world, generation_id, consent, insurer_id=insurer_id)
    with world.house.work(world.operator) as work:
        switch(work, beside)
    clear(world.house, world.operator, insurer_id or world.insurer_id)
    return generation_id


def imported(world, *rows, consent=Consent(allows_vanishing=True)):  # noqa: B008 - it is frozen
    return switched(world, loaded(world, table(*rows)), consent)


def taken(world, *rows, consent=Consent(), columns=ROSTER_COLUMNS, watch=SILENT, as_of=WRITTEN):  # noqa: B008 - it is frozen
    """Take over differences; return what came of it."""
    content = table(*({CHANGE: change, **cells} for change, cells in rows), columns=(CHANGE, *columns))
    return take_over_changes(
        world.house, world.operator, world.insurer_id, Sent(file_of(content, as_of=as_of), consent), watch=watch
    )


def changed(world, *rows, skips_bad=False):
    """Take over differences, however many would go or be others; return the new generation and what was read."""
    outcome = taken(world, *rows, consent=Consent(skips_bad=skips_bad, allows_vanishing=True, allows_others=True))
    return outcome.generation, outcome.tally


def subject(**changed_to):
    plain = {
        "name": PersonName("高橋　太郎", "タカハシ　タロウ"),
        "birth_date": PartialDate(1958, 4, 1),
        "sex": Sex.MALE,
    }
    return Subject(**{**plain, **changed_to})


def found(world, whom=None, *, insurer_id=""):
    """Look somebody up; return the finding, and who it is."""
    with world.house.work(world.operator) as work:
        result = identifying.search(work, insurer_id or world.insurer_id, whom or subject(), dates=None)
        work.record("roster:searched")
    one = result.decision.finding is Finding.ONE
    return str(result.decision.finding), str(result.decision.member_id) if one else ""


def person(world, member_id="1001"):
    """Open the one person who is found."""
    with world.house.work(world.operator) as work:
        result = identifying.search(work, world.insurer_id, subject(), dates=None)
        work.record("roster:searched")
    return result.people[member_id]


def stages(world, insurer_id=""):
    """Return every import from the newest to the oldest: stage and persons."""
    with world.house.reading() as work:
        return [(each.stage, each.persons) for each in roster.imports(work, insurer_id or world.insurer_id)[0]]


def report_of(world, generation_id):
    with world.house.reading() as work:
        return roster.import_of(work, world.insurer_id, generation_id).report


def roll_tables(world):
    """Name the tables of sealed people that the database has."""
    with world.house.reading() as work:
        names = inspect(work.session.connection()).get_table_names()
    return sorted(name for name in names if name.startswith("roll_"))


def killed_import(house, actor, insurer_id):
    """Leave what an import leaves that is killed as it begins to load; return its id."""
    with house.work(actor) as work:
        killed = RosterGeneration(insurer_id=insurer_id, stage=Stage.LOADING, imported_at=work.now, imported_by="")
        sealing = new_roll(work, killed, key_generation=1)
        work.record("roster:loading")
    writer = roll_writer(house.engine, sealing.roll_number)
    writer.begin()
    writer.close()
    return killed.id


def killed_changes(house, actor, insurer_id, **far):
    """Leave what differences leave that are killed while they are taken over."""
    with house.work(actor) as work:
        work.session.add(ChangesUnderWay(insurer_id=insurer_id, begun_at=work.now, begun_by=actor.account_id, **far))
