"""The top of the page of a report: what people look for before the prose."""

import re
from html import unescape
from pathlib import Path

import pytest

from resolution_cli.cli import clock
from tests.support import LATER, SHIPPED, WARD, Run
from tests.written import written_text

_PERIOD = ("report", "--period", "2027-Q4")


@pytest.fixture(autouse=True)
def _ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tasks.toml").write_bytes(WARD.read_bytes())
    monkeypatch.setattr(clock, "now", lambda: LATER)


def _top(run: Run, *words: str) -> str:
    """Return what stands on the page before its first numbered section."""
    page = written_text(run, *_PERIOD, *words, "--format", "html")
    main = page.partition("<main>")[2]
    return unescape(main.partition('<section id="part-2">')[0])


def test_the_counts_by_verdict_are_words_and_numbers_that_add_up_to_all_items(run: Run) -> None:
    top = _top(run)
    counts = re.findall(r"</i><strong>(\d+)</strong> ([\w ]+)</li>", top)
    assert counts == [
        ("1", "blocked"),
        ("3", "behind"),
        ("5", "on track"),
        ("1", "done on time"),
    ]
    drawn = re.findall(r'-part" style="flex-grow:([\d.]+)">(\d+)</span>', top)
    assert [count for _share, count in drawn] == [count for count, _name in counts]
    assert sum(int(count) for count, _name in counts) == 10
    assert sum(float(share) for share, _count in drawn) == pytest.approx(100)
    assert "<strong>10 items</strong>" in top


def test_what_presses_is_named_with_who_is_late_and_by_how_much(run: Run) -> None:
    top = _top(run)
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", top)
    assert [item for item, _said in found] == ["B2.3", "T5.2", "T3.3", "T3"]
    assert found[1][1] == (
        '<span class="red">overdue by 31 days</span> – Security cameras, stage 2 (of T5, Defence, '
        "security and public order) – Công an phường, due 2027-11-30"
    )
    assert f"What presses: {len(found)}" in top


def test_the_ten_most_pressing_are_named_and_the_others_counted(run: Run, tmp_path: Path) -> None:
    late = "".join(
        f'[[tasks]]\nid = "X{number:02}"\ntitle = "Late {number}"\ndue = 2027-06-{number:02}\n'
        for number in range(1, 14)
    )
    plan = tmp_path / "tasks.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("[[targets]]", f"{late}[[targets]]", 1), encoding="utf-8")
    top = _top(run)
    found = re.findall(r"<dt>(.*?)</dt>", top)
    assert found == [f"X{number:02}" for number in range(1, 11)]
    assert "What presses: 17" in top
    assert "and 7 more, 17 in all: see section IV." in top
    section = written_text(run, *_PERIOD, "--format", "html").partition('id="part-5"')[2]
    assert section.count("X13, Late 13") == 1


def test_where_nothing_presses_the_page_says_so(run: Run) -> None:
    top = _top(run, "-f", str(SHIPPED))
    assert "Nothing is overdue or blocked." in top


def test_the_targets_met_of_all_and_the_timeline_stand_at_the_top(run: Run) -> None:
    top = _top(run)
    assert "Met or exceeded: " in top
    assert top.index("Met or exceeded") < top.index('class="timeline"')
    assert top.count('<span class="what">') == 10


def test_the_top_of_the_page_is_in_vietnamese_too(run: Run) -> None:
    top = _top(run, "--lang", "vi")
    for head in ("Tổng quan", "Việc cần xử lý ngay: 4", "Chỉ tiêu", "Trục thời gian"):
        assert f">{head}</h" in top


def test_word_and_markdown_have_the_prose_alone(run: Run) -> None:
    for format_name in ("docx", "markdown"):
        assert "At a glance" not in written_text(run, *_PERIOD, "--format", format_name)


def test_a_curve_has_its_years_its_scale_and_a_legend(run: Run) -> None:
    page = written_text(run, "show", "T1", "--format", "html")
    chart = re.search(r'<figure class="chart">.*?</figure>', page, re.DOTALL)
    assert chart
    assert re.sub(r"<[^>]*>|\s+", " ", chart[0]).split() == [
        *("100%", "0%", "2025", "2026", "2027", "2028", "2029", "2030"),
        *("planned", "actual", "(over", "the", "term)"),
    ]
    assert 'aria-hidden="true">0.62%</span>' in written_text(run, "show", "C1", "--format", "html")
