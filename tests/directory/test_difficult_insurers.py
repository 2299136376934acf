from datetime import date

import pytest

from inquiry.directory.difficult_insurers import (
    Category,
    DifficultInsurer,
    Scope,
    concerns,
    listing_on,
)
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.member import Relation

SOCIETY, ASSOCIATION, NATIONAL_SOCIETY, UNION, MUNICIPAL = "06130017", "01130012", "133033", "39131016", "138016"
FIRST, LAST = date(2026, 4, 1), date(2026, 9, 30)


def entry(number=SOCIETY, scope=Scope.ALL, **changes):
    values = {"category": Category.ATTACHMENTS_NEEDED, "from_on": FIRST, "until_on": LAST} | changes
    return DifficultInsurer(number, scope, **values)


#  day                  listed?
DAYS = [
    (date(2026, 3, 31), False),  # the day before
    (FIRST, True),
    (LAST, True),  # the last day counts
    (date(2026, 10, 1), False),  # the day after
]


@pytest.mark.parametrize(("day", "listed"), DAYS)
def test_an_entry_holds_from_its_first_day_to_its_last(day, listed):
    assert bool(listing_on([entry()], SOCIETY, day=day)) is listed


def test_an_entry_without_an_end_goes_on():
    assert listing_on([entry(until_on=None)], SOCIETY, day=date(2030, 1, 1))


def test_another_insurers_entry_does_not_count():
    assert listing_on([entry()], "06270011", day=FIRST) == ()


def test_a_number_of_six_digits_is_the_same_padded():
    assert listing_on([entry("133033")], "00133033", day=FIRST)


#  scope                    relation               is the listing about this person?        memo 3(1)
CONCERNS = [
    (Scope.ALL, Relation.INSURED, True),
    (Scope.ALL, Relation.DEPENDANT, True),
    (Scope.ALL, None, True),
    (Scope.DEPENDANTS_ONLY, Relation.INSURED, False),
    (Scope.DEPENDANTS_ONLY, Relation.DEPENDANT, True),
    (Scope.DEPENDANTS_ONLY, None, False),
]


@pytest.mark.parametrize(("scope", "relation", "is_concerned"), CONCERNS)
def test_a_listing_is_about_all_members_or_dependants_alone(scope, relation, is_concerned):
    assert concerns(entry(scope=scope), relation) is is_concerned


def test_the_association_is_listed_for_dependants_alone():
    entry(ASSOCIATION, Scope.DEPENDANTS_ONLY)
    with pytest.raises(InvalidValue, match="difficult_insurer:association_dependants_only"):
        entry(ASSOCIATION, Scope.ALL)


def test_a_wide_area_union_is_never_listed():
    with pytest.raises(InvalidValue, match="difficult_insurer:kind_never_listed"):
        entry(UNION)


def test_an_insurer_out_of_scope_is_never_listed():
    with pytest.raises(Forbidden, match="insurer:out_of_scope_municipal"):
        entry(MUNICIPAL)


def test_an_entry_does_not_end_before_it_begins():
    assert entry(until_on=FIRST).holds_on(FIRST)
    with pytest.raises(InvalidValue, match="difficult_insurer:ends_before_it_begins"):
        entry(until_on=date(2026, 3, 31))


def test_the_widest_entry_comes_first():
    narrow, wide = entry(scope=Scope.DEPENDANTS_ONLY), entry(from_on=date(2026, 5, 1))
    assert listing_on([narrow, wide], SOCIETY, day=LAST) == (wide, narrow)
