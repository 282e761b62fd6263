"""Which spellings are of one unit: those of `[units]`, and those that the plan has."""

import unicodedata

import pytest

from resolution_cli.domain.units import Units
from resolution_cli.errors import UnitNotFound

_COMMITTEE = "Ủy ban nhân dân phường"
_TABLE = {_COMMITTEE: ("UBND P", "UBND phường"), "Công an phường": ()}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("UBND P", id="a-spelling"),
        pytest.param("ubnd p", id="another-case"),
        pytest.param("uy ban nhan dan phuong", id="without-accents"),
        pytest.param("Uỷ ban nhân dân phường", id="accent-on-another-letter"),
        pytest.param(unicodedata.normalize("NFD", _COMMITTEE), id="decomposed"),
        pytest.param(" UBND\u00a0 phường\t", id="other-spaces"),
        pytest.param("UBND\u202fPHƯỜNG\u200b", id="narrow-and-invisible-spaces"),
        pytest.param("Ủy ban nhân dân phướng", id="a-wrong-accent"),
    ],
)
def test_any_spelling_of_a_unit_is_that_unit(text: str) -> None:
    units = Units(_TABLE, ())
    assert units.name_of(text) == _COMMITTEE
    assert units.is_known(text)
    assert units.is_declared(text)
    assert units.spellings(text) == [_COMMITTEE, "UBND P", "UBND phường"]
    assert units.nearest(text) == []


def test_what_is_no_spelling_stays_as_it_was_typed() -> None:
    units = Units(_TABLE, ())
    assert units.name_of("Hội  Nông dân") == "Hội  Nông dân"
    assert not units.is_known("Hội Nông dân")
    assert units.spellings("Hội Nông dân") == ["Hội Nông dân"]


def test_without_a_table_the_most_frequent_spelling_of_the_plan_is_the_name() -> None:
    used = ["CÔNG AN", "cong an", "Công an", "Hội Nông dân", "Công\u00a0an", "Công an"]
    units = Units({}, used)
    assert units.names == ("Công an", "Hội Nông dân")
    assert units.name_of("cong  AN") == "Công an"
    assert [*units.spellings("cong an")] == ["CÔNG AN", "Công an", "Công\u00a0an", "cong an"]
    assert not units.is_declared("Công an")


def test_names_of_the_table_come_first_and_take_the_spellings_of_the_plan() -> None:
    units = Units(_TABLE, ["Hội Nông dân", "CÔNG AN PHƯỜNG", "Ubnd phuong"])
    assert units.names == (_COMMITTEE, "Công an phường", "Hội Nông dân")
    assert units.declared == (_COMMITTEE, "Công an phường")
    assert units.spellings("công an phường") == ["Công an phường", "CÔNG AN PHƯỜNG"]


@pytest.mark.parametrize("table", [{}, {"Thôn Đông": (), "Thôn Đồng": ()}], ids=["used", "table"])
def test_names_whose_accents_differ_are_units_of_their_own(table: dict[str, tuple[()]]) -> None:
    names = ["Thôn Đông", "Thôn Đồng"]
    units = Units(table, names)
    assert units.names == ("Thôn Đông", "Thôn Đồng")
    assert [units.name_of(name.upper()) for name in names] == names
    # Without accents it may be either, so it stays as it is, and both are named.
    assert units.name_of("thon dong") == "thon dong"
    assert units.nearest("thon dong") == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("UBND P.", _COMMITTEE),
        ("CA phường", "Công an phường"),
        ("Cônga an phường", "Công an phường"),
        ("Công an phườgn", "Công an phường"),
        ("Công-an phường", "Công an phường"),
        ("MTTQ và các đoàn thể", "Mặt trận Tổ quốc & các đoàn thể"),
        ("Mặt trận Tổ quốc, các đoàn thể", "Mặt trận Tổ quốc & các đoàn thể"),
    ],
)
def test_an_abbreviation_and_a_slip_are_nearly_a_unit(text: str, name: str) -> None:
    units = Units(_TABLE, ["Mặt trận Tổ quốc & các đoàn thể", "Hội Phụ nữ"])
    assert (units.is_known(text), units.nearest(text)) == (False, [name])


@pytest.mark.parametrize("text", ["ubnd p", "Công an", "ng an"])
def test_a_unit_is_found_by_a_spelling_or_by_a_part_of_one_alone(text: str) -> None:
    name = Units(_TABLE, ()).get(text)
    assert name == (_COMMITTEE if text == "ubnd p" else "Công an phường")


@pytest.mark.parametrize(
    ("text", "table", "hint"),
    [
        ("phường", _TABLE, f"Did you mean {_COMMITTEE} or Công an phường?"),
        ("CA phường", _TABLE, "Did you mean Công an phường?"),
        ("Hội Nông dân", _TABLE, f"The units are: {_COMMITTEE}; Công an phường."),
        ("x", {str(n): () for n in range(30)}, "The units are: " + "; ".join(map(str, range(20)))),
        ("x", {}, "The file has no units yet."),
    ],
)
def test_a_unit_that_is_not_found_is_answered_with_those_there_are(
    text: str, table: dict[str, tuple[str, ...]], hint: str
) -> None:
    with pytest.raises(UnitNotFound) as error:
        Units(table, ()).get(text)
    assert error.value.message == f"There is no unit {text!r}."
    assert error.value.hint.removesuffix("; ….") == hint


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tổ dân phố 1", "Tổ dân phố 2"),
        ("Tổ dân phố số 1", "Tổ dân phố số 11"),
        ("Chi bộ I", "Chi bộ II"),
        ("Tổ A", "Tổ B"),
        ("Đảng ủy", "Đảng bộ"),
        ("Hội Phụ nữ", "Hội Nông dân"),
        ("Trường THCS Alpha", "Trường TH Alpha"),
        ("Công an", "Công an thành phố"),
        ("Thôn Trung", "Thôn Thượng"),
    ],
)
def test_names_that_only_resemble_each_other_are_not_near(one: str, other: str) -> None:
    units = Units({}, [one, other])
    assert (units.nearest(one), units.nearest(other)) == ([], [])


@pytest.mark.parametrize(
    "name", ["Đ" * 5_000, "a b " * 2_000, "\u200b", "1.", "e" + "\u0301" * 200]
)
def test_a_name_that_is_none_is_borne(name: str) -> None:
    units = Units(_TABLE, [name, name.lower(), "Công an"])
    assert units.name_of(name) == name
    assert units.nearest(name) == []
