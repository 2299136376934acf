"""Logging in, and accounts in PMO staff's hands."""

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.workflow import account_keeping, accounts
from inquiry.workflow.accounts import NewAccount, Stay
from tests.world import PASSWORD


def present(world, token):
    return accounts.presence(world.house, token, Stay())


def refused(world, name, password):
    with pytest.raises(Forbidden) as caught:
        accounts.log_in(world.house, name, password)
    return caught.value.code


def test_whoever_knows_the_password_is_in(world):
    found = present(world, accounts.log_in(world.house, "clerk", PASSWORD))
    assert found.actor == world.clerk


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(world):
    assert refused(world, "clerk", "wrong") == refused(world, "nobody", "wrong") == "login:wrong"


def test_wrong_passwords_make_the_name_wait_and_not_for_good(world):
    for _ in range(accounts.FREE_TRIES + 1):
        assert refused(world, "clerk", "wrong") == "login:wrong"
    assert refused(world, "clerk", PASSWORD) == "login:wait"
    world.clock.now += accounts.LONGEST_WAIT
    accounts.log_in(world.house, "clerk", PASSWORD)


def test_a_login_idles_out_and_ends_after_a_working_day(world):
    token = accounts.log_in(world.house, "clerk", PASSWORD)
    world.clock.forward(minutes=29)
    assert present(world, token)
    world.clock.forward(minutes=30)
    assert present(world, token) is None
    token = accounts.log_in(world.house, "clerk", PASSWORD)
    for _ in range(24):
        world.clock.forward(minutes=25)
        still = present(world, token)
    assert still is None


def test_a_changed_password_ends_every_login(world):
    token = accounts.log_in(world.house, "clerk", PASSWORD)
    new = "夕方の川べりで聞いた鳥の声のこと"
    accounts.change_password(world.house, world.clerk, old=PASSWORD, new=new)
    assert present(world, token) is None
    assert refused(world, "clerk", PASSWORD) == "login:wrong"


@pytest.mark.parametrize("password", ["short", "あ" * 20, "clerkclerkclerk12345", "長" * 257])
def test_a_weak_password_is_refused(world, password):
    with pytest.raises(InvalidValue) as caught:
        accounts.change_password(world.house, world.clerk, old=PASSWORD, new=password)
    assert caught.value.field == "password"


def test_a_reset_password_must_be_changed_and_ends_every_login(world):
    token = accounts.log_in(world.house, "clerk", PASSWORD)
    with world.house.work(world.pmo) as work:
        _account, password = account_keeping.reset_password(work, world.clerk.account_id)
    assert present(world, token) is None
    assert present(world, accounts.log_in(world.house, "clerk", password)).must_change_password


def test_a_disabled_account_is_out_until_it_is_opened_again_with_a_new_password(world):
    token = accounts.log_in(world.house, "clerk", PASSWORD)
    with world.house.work(world.pmo) as work:
        account_keeping.disable(work, world.clerk.account_id)
    assert present(world, token) is None
    assert refused(world, "clerk", PASSWORD) == "login:wrong"
    with world.house.work(world.pmo) as work:
        _account, password = account_keeping.enable(work, world.clerk.account_id)
    assert present(world, accounts.log_in(world.house, "clerk", password))


@pytest.mark.parametrize("deed", [account_keeping.disable, account_keeping.reset_password, account_keeping.enable])
def test_nobody_does_it_to_themselves(world, deed):
    with pytest.raises(Forbidden), world.house.work(world.pmo) as work:
        deed(work, world.pmo.account_id)


def test_an_account_that_is_not_there_is_not_found(world):
    with pytest.raises(NotFound), world.house.work(world.pmo) as work:
        account_keeping.disable(work, "nobody")


def test_a_role_must_fit_the_organisation(world):
    new = NewAccount("new", "新しい人", "", Role.OFFICER, PASSWORD)
    with world.house.reading() as work:
        office = account_keeping.office(work, world.clerk.organisation_id).organisation
    with pytest.raises(InvalidValue, match="role_not_of_organisation"), world.house.work(world.pmo) as work:
        accounts.add_account(work, office, new)


def test_a_drawn_password_is_accepted_by_the_rules(world):
    with world.house.work(world.pmo) as work:
        office = account_keeping.office(work, world.clerk.organisation_id).organisation
        new = NewAccount("new", "新しい人", "", Role.CLERK, account_keeping.first_password("new"))
        accounts.add_account(work, office, new)
