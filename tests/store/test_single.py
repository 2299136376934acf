"""One at a time: whoever holds the lock for a moment, as a page does that only asks, turns no worker away."""

import threading
from contextlib import ExitStack, closing

import pytest

from inquiry.store.engine import connect
from inquiry.store.roll_writing import roll_writer
from inquiry.store.single import _Held, _taken, is_nobody_at_work, only_one


@pytest.mark.parametrize(("patience", "is_ours"), [(0.0, False), (5.0, True)])
def test_a_lock_that_somebody_holds_for_a_moment_is_waited_for_by_whoever_has_patience(database_url, patience, is_ours):
    engine, held, let_go = connect(database_url), threading.Event(), threading.Event()

    def look() -> None:
        with only_one(engine, "letters"):
            held.set()
            let_go.wait(0.3 if is_ours else 30)

    looker = threading.Thread(target=look)
    looker.start()
    held.wait()
    with only_one(engine, "letters", patience=patience) as ours:
        assert ours is is_ours
    let_go.set()
    looker.join()
    engine.dispose()


def test_work_of_minutes_takes_no_connection_from_those_that_all_pages_share(database_url):
    engine = connect(database_url)
    with ExitStack() as held:
        for insurer in range(20):  # more than the pool would give
            assert held.enter_context(only_one(engine, f"roster of {insurer}"))
            held.enter_context(closing(roll_writer(engine, insurer + 1)))
        assert engine.pool.checkedout() == 0
        assert not is_nobody_at_work(engine, "roster of 3")
    assert is_nobody_at_work(engine, "roster of 3")
    engine.dispose()


def test_any_number_may_ask_at_once_whether_somebody_is_at_work(database_url):
    engine, asked, let_go = connect(database_url), threading.Event(), threading.Event()

    def ask() -> None:
        with _taken(engine, "letters", patience=0.0, way=_Held.SHARED) as is_nobody:
            assert is_nobody
            asked.set()
            let_go.wait(30)

    asker = threading.Thread(target=ask)
    asker.start()
    asked.wait()
    assert is_nobody_at_work(engine, "letters")
    let_go.set()
    asker.join()
    with only_one(engine, "letters"):
        assert not is_nobody_at_work(engine, "letters")
    assert is_nobody_at_work(engine, "letters")
    engine.dispose()
