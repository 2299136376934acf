"""``inquiry user``: the first accounts, from the console (利用者の登録)."""

from typing import Any

import click
from flask.cli import AppGroup

from inquiry.cli.surroundings import house, operator
from inquiry.domain.parties import Role
from inquiry.store.organisations import Organisation
from inquiry.workflow import account_keeping, accounts, roster
from inquiry.workflow.work import Work

group = AppGroup("user", help="Open accounts from the console.")
ROLES = [str(role) for role in Role if role is not Role.OPERATOR]


@group.command("add")
@click.argument("login_name")
@click.option("--name", required=True, help="Name to show, such as 山田 花子.")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--municipality", default="", metavar="CODE", help="団体コード, for a clerk.")
@click.option("--insurer", default="", metavar="NUMBER", help="保険者番号, for an officer.")
@click.option("--section", default="", help="所属.")
@click.option("--supervises", is_flag=True, help="責任者: an officer who may open withheld records.")
def add(login_name: str, *, name: str, role: str, municipality: str, insurer: str, **further: Any) -> None:
    """Open an account and print its first password, which must be changed at the first login."""
    password = account_keeping.first_password(login_name)
    with house().work(operator()) as work:
        new = accounts.NewAccount(
            login_name, name, further["section"], Role(role), password, supervises=further["supervises"]
        )
        accounts.add_account(work, _organisation(work, municipality=municipality, insurer=insurer), new)
    click.echo(password)
    click.echo(f"{login_name} may log in with this password, and must change it.", err=True)


def _organisation(work: Work, *, municipality: str, insurer: str) -> Organisation:
    if municipality:
        return accounts.organisation_for(work, municipality_code=municipality)
    if insurer:
        return accounts.organisation_for(work, insurer=roster.insurer_of(work, insurer))
    return accounts.organisation_for(work, pmo_name="デジタルＰＭＯ")
