"""The generated country: what the overview of many files is tried and measured on."""

import tomllib
from pathlib import Path

import pytest
from benchmarks import country

from tests.support import Run, data_of


def test_a_ward_has_ten_items_with_forty_milestones_fifteen_targets_and_five_years_of_news() -> (
    None
):
    data = tomllib.loads(country.ward(3))
    items = [*data["tasks"], *data["breakthroughs"]]
    days = [entry["on"] for entry in data["updates"]]
    assert (len(items), sum(len(item["milestones"]) for item in items)) == (10, 40)
    assert (len(data["targets"]), days == sorted(days)) == (15, True)
    assert (days[-1] - days[0]).days > 4.8 * 365


def test_a_ward_follows_from_seed_and_number_alone(tmp_path: Path) -> None:
    country.write(tmp_path / "few", 2)
    country.write(tmp_path / "more", 3, faults=0)
    country.write(tmp_path / "other", 2, seed=2)
    texts = [
        country.path_of(tmp_path / name, 2).read_text(encoding="utf-8")
        for name in ("few", "more", "other")
    ]
    assert texts[0] == texts[1] == country.ward(2) != texts[2]


def test_a_ward_without_a_fault_is_one_that_check_finds_nothing_wrong_in(
    run: Run, tmp_path: Path
) -> None:
    country.write(tmp_path, 4)
    for number in range(1, 5):
        assert run("check", "--file", str(country.path_of(tmp_path, number))).code == 0


@pytest.mark.parametrize("name", country.FAULTS)
def test_each_fault_breaks_a_ward(run: Run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "ward.toml"
    path.write_text(country.FAULTS[name](country.ward(1)), encoding="utf-8")
    assert run("list", "--file", str(path)).code == 5


def test_so_many_files_have_a_fault_as_were_asked_for(run: Run, tmp_path: Path) -> None:
    broken = country.write(tmp_path, 9, faults=8)  # one more than there are kinds
    assert len({*broken}) == 8
    whole = [path for path in tmp_path.rglob("*.toml") if path not in broken]
    assert [data_of(path)["schema"] for path in whole] == [1]
    assert all(run("list", "--file", str(path)).code == 5 for path in broken)
