"""What a plan expects by a day: exact where it is compared, rounded down once where it is shown."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution_cli.domain.schedule import Expected

START = date(2026, 1, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("planned", "passed", "share", "percent"),
    [
        pytest.param(100, -1, 0, 0, id="before-the-start"),
        pytest.param(100, 0, 0, 0, id="on-the-start"),
        pytest.param(1_000, 1, 0.1, 1, id="begun-is-never-0"),
        pytest.param(61, 31, 31 / 61 * 100, 50, id="rounded-down"),
        pytest.param(1_000, 999, 99.9, 99, id="the-eve-is-never-100"),
        pytest.param(100, 100, 100, 100, id="on-the-due-date"),
        pytest.param(100, 101, 100, 100, id="after-it"),
        pytest.param(0, -1, 0, 0, id="one-day-before-it"),
        pytest.param(0, 0, 100, 100, id="one-day-on-it"),
        pytest.param(1, 0, 0, 0, id="two-days-on-the-first"),
        pytest.param(1, 1, 100, 100, id="two-days-on-the-second"),
    ],
)
def test_what_is_expected_is_exact_and_shown_rounded_down(
    planned: int, passed: int, share: float, percent: int
) -> None:
    expected = Expected(START, START + planned * DAY, START + passed * DAY)
    assert expected.share == pytest.approx(share)
    assert expected.percent == percent


@given(planned=st.integers(1, 4_000), share=st.integers(0, 1_000), bound=st.integers(0, 100))
def test_it_is_compared_without_rounding_and_shown_as_whole_percent(
    planned: int, share: int, bound: int
) -> None:
    passed = planned * share // 1_000
    expected = Expected(START, START + planned * DAY, START + passed * DAY)
    exact = Fraction(passed * 100, planned)
    assert expected.exceeds(bound) is (exact > bound)
    assert expected.percent in {exact.__floor__(), 1}
    assert (expected.percent == 0) is (passed == 0)
    assert (expected.percent == 100) is (passed == planned)
