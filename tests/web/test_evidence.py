"""memo 3(1): charts of how hard an insurer is to link say no less than the table under them."""

from datetime import date

from inquiry.directory.difficulty import Evidence
from inquiry.web.evidence import shown
from inquiry.workflow.difficulty import Month


def test_an_answer_within_the_hour_is_not_drawn_as_no_time_at_all():
    answered = Evidence(inquiries=2, answered=2, median_minutes=35, ninth_decile_minutes=90)
    taken = next(
        chart for chart in shown([Month(date(2026, 11, 1), answered, is_whole=True)]).charts if chart.id == "taken"
    )
    assert "半数がこの時間までは、最大0.6時間（11月）、最後が0.6時間。" in taken.description
    assert "９割がこの時間までは、最大1.5時間（11月）" in taken.description
