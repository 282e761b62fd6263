"""`tracker log`."""

from pathlib import Path

import pytest

from tests.support import Run, assert_expected


@pytest.mark.usefixtures("commune")
def test_the_log_lists_the_history_newest_first(run: Run) -> None:
    result = run(
        "log", "n2", "N1", "--from", "2027-04-01", "--to", "2027-09-30", "--by", "van phong"
    )
    assert (result.code, result.err) == (0, "")
    assert_expected("log.txt", result.out)
    assert run("log", "--by", "nobody") == (0, "No update matches.\n", "")
    assert run("log", "N99").code == 3
    assert run("log", "--from", "2027-01-01", "--to", "2026-01-01").code == 2


def test_offsets_and_clocks_do_not_reorder_the_history(run: Run, plan: Path) -> None:
    entry = (
        '\n[[updates]]\nitem = "T1"\non = 2026-06-01\nat = {}\n'
        "progress = {}\nwas = {{ progress = {} }}\n"
    )
    plan.write_text(
        plan.read_text()
        + entry.format("2026-06-02T00:30:00+14:00", 50, 40)
        + entry.format("2026-05-31T23:59:00-11:00", 60, 50)
    )
    shown = run("log").out
    assert shown.index("50% → 60%") < shown.index("40% → 50%") < shown.index("0% → 40%")
    assert "\t60\t" in run("list", "--as-of", "2026-06-01", "--format", "tsv").out
