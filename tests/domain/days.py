"""The closed days of a year on which the rules of calendar and deadlines are tried."""

from datetime import date

from inquiry.domain.calendar import BusinessCalendar, ClosedDays

HOLIDAYS = {
    date(2026, 4, 29): "昭和の日",
    date(2026, 5, 3): "憲法記念日",
    date(2026, 5, 4): "みどりの日",
    date(2026, 5, 5): "こどもの日",
    date(2026, 5, 6): "振替休日",
    date(2026, 9, 21): "敬老の日",
    date(2026, 9, 22): "国民の休日",
    date(2026, 9, 23): "秋分の日",
    date(2026, 11, 23): "勤労感謝の日",
    date(2027, 1, 1): "元日",
}
FOUNDING_DAY = date(2026, 6, 1)
CALENDAR = BusinessCalendar(ClosedDays(HOLIDAYS.get, {FOUNDING_DAY: "創立記念日"}))
