from datetime import date

import pytest

from inquiry.directory.difficult_insurers import (
    Category,
    DifficultInsurer,
    Scope,
    concerns,
)
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.member import Relation

SOCIETY, ASSOCIATION, NATIONAL_SOCIETY, UNION, MUNICIPAL = "06130017", "01130012", "133033", "39131016", "138016"
FIRST, LAST = date(2026, 4, 1), date(2026, 9, 30)


def entry(number=SOCIETY, scope=Scope.ALL, **changes):
    values = {"category": Category.ATTACHMENTS_NEEDED, "from_on": FIRST, "until_on": LAST} | changes
    return DifficultInsurer(number, scope, **values)


#  day                  listed?
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
    assert concerns(scope, relation) is is_concerned


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
    assert entry(until_on=FIRST).until_on == FIRST
    with pytest.raises(InvalidValue, match="difficult_insurer:ends_before_it_begins"):
        entry(until_on=date(2026, 3, 31))
