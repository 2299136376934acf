"""What the roster already knows of the items asked for."""

from datetime import date

import pytest

from inquiry.domain.member import Enrolment, Relation
from inquiry.domain.procedure import items_allowed
from inquiry.workflow.prefilling import prefilled
from tests.world import member

ONGOING = Enrolment(date(2019, 4, 1), symbol="12", number="345", branch="01", relation=Relation.INSURED)
ENDED = Enrolment(date(2015, 4, 1), date(2019, 3, 31), "03", "9", "99", "02", Relation.DEPENDANT)

#  item            period that goes on                      period that ended
VALUES = [
    ("SHIKAKU-01", "06130017", "06130017"),
    ("SHIKAKU-02", "12", "9"),
    ("SHIKAKU-03", "345", "99"),
    ("SHIKAKU-04", "01", "02"),
    ("SHIKAKU-05", "本人", "家族（被扶養者）"),
    ("SHIKAKU-06", "平成31年4月1日（2019年4月1日）", "平成27年4月1日（2015年4月1日）"),
    ("SHIKAKU-07", "加入中", "平成31年3月31日（2019年3月31日）"),
    ("SHIKAKU-08", "加入中", "医療保険等の資格取得"),
    ("SHIKAKU-10", "高橋　太郎", None),  # whose dependant somebody is, the roster does not say
    ("KYUFU-01", None, None),  # the roster holds no benefits
]


@pytest.mark.parametrize(("code", "ongoing", "ended"), VALUES)
def test_an_item_follows_from_the_period_chosen(code, ongoing, ended):
    found = [prefilled([code], member(), period, insurer_number="06130017").get(code) for period in (ONGOING, ENDED)]
    assert found == [ongoing, ended]


def test_a_reason_in_words_stands_as_it_is():
    period = Enrolment(date(2015, 4, 1), date(2019, 3, 31), "任意継続の終了")
    assert prefilled(["SHIKAKU-08"], member(), period) == {"SHIKAKU-08": "任意継続の終了"}


def test_a_period_that_says_nothing_fills_nothing_in():
    assert prefilled(["SHIKAKU-02", "SHIKAKU-05", "SHIKAKU-06", "SHIKAKU-01"], member(), Enrolment()) == {}


def test_nothing_beyond_the_items_asked_is_filled_in():
    asked = sorted(items_allowed("YOBO-16"))[:2]
    assert set(prefilled(asked, member(), ONGOING)) <= set(asked)
