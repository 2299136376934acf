"""``inquiry user add``: the first accounts, each with a password that must be changed."""

import pytest

from inquiry.domain.errors import Forbidden
from inquiry.store.organisations import account_named
from inquiry.workflow import accounts
from tests.cli.conftest import SOCIETY, opened

PEOPLE = {
    "clerk": ("--role", "clerk", "--municipality", "131016", "--section", "健康推進課"),
    "officer": ("--role", "officer", "--insurer", SOCIETY),
    "pmo": ("--role", "pmo_staff"),
    "auditor": ("--role", "auditor"),
}


def add(command, name, *options):
    return command("user", "add", name, "--name", "山田 花子", *options)


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_gets_an_account_that_can_log_in(command, role):
    done = add(command, f"new-{role}", *PEOPLE[role])
    assert done.code == 0
    password = done.out.strip()
    assert f"new-{role} may log in" in done.err
    assert password not in done.err
    assert accounts.log_in(opened(), f"new-{role}", password)
    with pytest.raises(Forbidden):
        accounts.log_in(opened(), f"new-{role}", "違うパスワードです、まちがいなく")
    opened().sessions.kw["bind"].dispose()


def test_a_password_that_the_rules_refuse_is_drawn_again(command, weak_draw):
    done = add(command, "unlucky", *PEOPLE["pmo"])
    assert (done.code, weak_draw) == (0, [])
    assert accounts.log_in(opened(), "unlucky", done.out.strip())
    opened().sessions.kw["bind"].dispose()


def test_a_login_name_is_given_once(command):
    assert add(command, "twice", *PEOPLE["pmo"]).code == 0
    refused = add(command, "twice", *PEOPLE["pmo"])
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.strip().endswith("。")


@pytest.mark.parametrize(
    "options",
    [
        ("--role", "clerk", "--municipality", "999999"),
        ("--role", "officer", "--insurer", "06139999"),
        ("--role", "officer", "--municipality", "131016"),
        ("--role", "clerk"),
    ],
)
def test_a_role_without_its_organisation_is_refused_in_a_sentence(command, options):
    refused = add(command, "lost", *options)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.strip().endswith("。")


def test_the_operator_is_nobodys_role(command):
    assert add(command, "root", "--role", "operator").code == 2


def test_an_officer_may_be_a_supervisor_and_nobody_else(command):
    assert add(command, "chief", *PEOPLE["officer"], "--supervises").code == 0
    with opened().reading() as work:
        assert account_named(work.session, "chief").supervises
    refused = add(command, "no-chief", *PEOPLE["pmo"], "--supervises")
    assert (refused.code, refused.err.strip()) == (1, "責任者にできるのは、医療保険者の担当者だけです。")
