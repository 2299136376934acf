"""Floor 7: the operator's commands, thin as a view (コマンド).

The application is loaded the way Flask loads one, from `wsgi.py`, and only by the commands that need it.
"""

from typing import Final

from flask.cli import AppGroup, ScriptInfo

from inquiry.cli import (
    audit,
    daily,
    database,
    demonstration,
    directory,
    guarding,
    keys,
    mail,
    matching,
    roster,
    users,
    walkthrough,
)
from inquiry.cli.speaking import refusals_spoken

APPLICATION: Final = "wsgi:app"

group = AppGroup("inquiry", help="照会: the manual fallback between municipalities and medical insurers.")
for command in (
    audit.group,
    database.group,
    demonstration.demo,
    daily.run,
    directory.group,
    guarding.guard,
    keys.group,
    mail.group,
    roster.group,
    matching.match,
    users.group,
    walkthrough.walkthrough,
):
    group.add_command(command)


def main() -> None:
    """Run the console command; a refusal is one sentence on stderr and exit code 1."""
    with refusals_spoken():
        group.main(prog_name="inquiry", obj=ScriptInfo(app_import_path=APPLICATION))
