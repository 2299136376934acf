"""The small world, once on each engine, and a mail server for it."""

from dataclasses import replace

import pytest

from inquiry.mail.message import Post
from inquiry.mail.wording import MailWording
from tests.founded import on_postgres, on_sqlite, postgres_template, quick_locks, sqlite_template, world
from tests.mail_server import running_mail_server
from tests.world import ROOT

__all__ = ["on_postgres", "on_sqlite", "postgres_template", "quick_locks", "sqlite_template", "world"]


@pytest.fixture
def receiver(world, tmp_path):
    """A mail server that takes what the world's house sends."""
    with running_mail_server(tmp_path) as (server, receiver):
        world.house = replace(world.house, post=Post(server, MailWording(ROOT / "templates")))
        yield receiver
