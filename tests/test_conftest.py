"""The shared fixtures do what the tests above them rely on."""

import pytest
import sqlalchemy
from sqlalchemy import text

from tests import conftest


def test_a_database_of_each_kind_is_empty_and_can_be_written(database_url):
    engine = sqlalchemy.create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE name (written VARCHAR(20))"))
        connection.execute(text("INSERT INTO name VALUES ('髙﨑𠮷')"))
        assert connection.execute(text("SELECT written FROM name")).scalar_one() == "髙﨑𠮷"
    engine.dispose()


def test_something_missing_skips_at_home_and_fails_in_ci(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="a browser is missing"):
        conftest.missing("a browser")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="a browser is missing"):
        conftest.missing("a browser")
