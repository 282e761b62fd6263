"""The cache of `tracker overview`: what did not change is read once, and never trusted over it."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from benchmarks import country
from msgspec import msgpack

from resolution_cli import i18n, storage
from resolution_cli.cli import clock
from resolution_cli.storage import cache
from tests.support import NOW, WARD, Result, Run, names_in, posix, started_tracker

_DAY = "2025-09-30"

Reads = list[str]
"""The names of the files that were read since the list was cleared."""


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Return the names of the data files whose content is asked about, as they are."""
    loaded, names = storage.loaded, Reads()

    def noted(path: Path) -> object:
        names.append(path.name)
        return loaded(path)

    monkeypatch.setattr(storage, "loaded", noted)
    return names


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with three files, written ten seconds ago."""
    _let_time_pass(monkeypatch)
    country.write(tmp_path / "wards", 2)
    (tmp_path / "wards" / "sample.toml").write_bytes(WARD.read_bytes())
    return tmp_path / "wards"


def _let_time_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + 10**10)


def _look(run: Run, *words: str) -> Result:
    return run("overview", "wards", "--as-of", _DAY, "--format", "json", *words)


def _kept() -> list[Path]:
    """Return the files of the cache."""
    return [path for path in Path(os.environ["XDG_CACHE_HOME"]).rglob("*") if not path.is_dir()]


def test_the_second_look_reads_nothing_and_says_the_same(
    run: Run, folder: Path, reads: Reads
) -> None:
    del folder
    first = _look(run)
    assert first.code == 0, first.err
    assert sorted(reads) == ["0001.toml", "0002.toml", "sample.toml"]
    reads.clear()
    assert _look(run) == first
    assert reads == []
    assert _look(run, "--no-cache") == first
    assert len(reads) == 3


@pytest.mark.parametrize("name", ["table", "csv", "md", "html"])
def test_every_format_is_the_same_from_the_cache(run: Run, folder: Path, name: str) -> None:
    del folder
    words = ("overview", "wards", "--as-of", _DAY, "--format", name)
    expected = run(*words, "--no-cache")
    _look(run)
    assert run(*words) == expected
    assert len(_kept()) == 1


def test_only_what_changed_is_read_again(run: Run, folder: Path, reads: Reads) -> None:
    before = _look(run)
    reads.clear()
    path = folder / "sample.toml"
    path.write_text(path.read_text("utf-8").replace("progress = ", "progress = 1 # "), "utf-8")
    after = _look(run)
    assert reads == ["sample.toml"]
    assert after.out != before.out
    assert after == _look(run, "--no-cache")


def _replaced(path: Path, text: str) -> None:
    path.with_name("new").write_text(text, "utf-8")
    path.with_name("new").replace(path)


def _written_over(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")


@pytest.mark.parametrize("write", [_replaced, _written_over])
def test_a_change_of_equal_length_under_the_time_of_before_is_seen(
    run: Run, folder: Path, reads: Reads, write: Callable[[Path, str], None]
) -> None:
    path = folder / "00" / "0001.toml"
    before, status, text = _look(run), path.stat(), path.read_text("utf-8")
    reads.clear()
    write(path, text.replace("Party organisation of ward 1", "Party organisation of ward 9"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (status.st_size, status.st_mtime_ns)
    after = _look(run)
    assert reads == ["0001.toml"]
    assert after.out == before.out.replace("of ward 1 ", "of ward 9 ")


def test_a_file_that_was_only_touched_is_compared_and_not_asked_again(
    run: Run, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _look(run)
    reads.clear()
    path = folder / "sample.toml"
    _replaced(path, path.read_text("utf-8"))
    compared, content_of = Reads(), cache.content_of

    def noted(given: Path) -> cache.Content | None:
        compared.append(given.name)
        return content_of(given)

    monkeypatch.setattr(cache, "content_of", noted)
    assert _look(run) == before
    assert _look(run) == before
    assert (compared, reads) == (["sample.toml"], [])


def test_what_was_written_just_now_is_read_again(
    run: Run, tmp_path: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    country.write(tmp_path / "wards", 2)
    _look(run)
    _look(run)
    assert len(reads) == 4
    _let_time_pass(monkeypatch)
    _look(run)
    assert len(reads) == 6
    _look(run)
    assert len(reads) == 6


def test_what_changes_while_it_is_read_is_not_kept(
    run: Run, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, loaded = folder / "sample.toml", storage.loaded

    def changed_meanwhile(given: Path) -> object:
        if given.name == path.name:
            path.write_text(path.read_text("utf-8").replace("Hoa Mai", "Hoa Lan"), "utf-8")
        return loaded(given)

    monkeypatch.setattr(storage, "loaded", changed_meanwhile)
    _look(run)
    monkeypatch.setattr(storage, "loaded", loaded)
    reads.clear()
    _look(run)
    assert reads == ["sample.toml"]


def _flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def _of_others(content: bytes) -> bytes:
    del content
    other = b"\x81\xc4\x01x\x93\xc4\x00\xa0\x01"  # a path, a checksum, a state, and no row
    return cache._checksum(other) + other  # noqa: SLF001  # a sound file of the cache


def _of_no_rows(content: bytes) -> bytes:
    """Return the cache with a number in the place of every row."""
    entries = msgpack.decode(content[cache._CHECKSUM :])  # noqa: SLF001  # as above
    wrong: bytes = msgpack.encode({key: (*each[:2], 7) for key, each in entries.items()})
    return cache._checksum(wrong) + wrong  # noqa: SLF001  # as above


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize(
    "damaged",
    [
        _flipped,
        _of_others,
        _of_no_rows,
        lambda content: content[:-1],
        lambda content: content[:10],
        lambda _content: b"",
        lambda _content: b"\x00" * 100_000,
    ],
)
def test_a_damaged_cache_is_ignored_and_written_anew(
    run: Run, folder: Path, reads: Reads, damaged: Callable[[bytes], bytes]
) -> None:
    del folder
    before = _look(run)
    (kept,) = _kept()
    kept.write_bytes(damaged(kept.read_bytes()))
    reads.clear()
    assert _look(run) == before
    assert len(reads) == 3
    assert _look(run) == before
    assert len(reads) == 3


@posix
@pytest.mark.parametrize("replaced", [os.mkfifo, Path.mkdir, _endless])
def test_what_is_no_file_in_the_place_of_a_cache_is_not_read(
    run: Run, folder: Path, reads: Reads, replaced: Callable[[Path], None]
) -> None:
    del folder
    before = _look(run)
    (kept,) = _kept()
    kept.unlink()
    replaced(kept)
    reads.clear()
    assert _look(run) == before
    assert len(reads) == 3


def test_a_cache_that_was_removed_is_made_anew(run: Run, folder: Path, reads: Reads) -> None:
    del folder
    before = _look(run)
    (kept,) = _kept()
    kept.unlink()
    kept.parent.rmdir()
    assert _look(run) == before
    assert len(reads) == 6
    assert _kept() == [kept]


def test_a_cache_that_cannot_be_written_is_read_nevertheless(
    run: Run, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _look(run)
    reads.clear()

    def refused(*_arguments: object, **_options: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "utime", refused)
    monkeypatch.setattr(cache, "_write", refused)
    (folder / "sample.toml").write_text(country.ward(3), "utf-8")
    assert _look(run).out != before.out
    assert _look(run).err == ""
    assert reads == ["sample.toml", "sample.toml"]


def test_no_cache_reads_nothing_of_it_and_leaves_nothing(
    run: Run, folder: Path, reads: Reads
) -> None:
    del folder
    _look(run, "--no-cache")
    _look(run, "--no-cache")
    assert len(reads) == 6
    assert _kept() == []


@posix
@pytest.mark.parametrize("place", ["file", "home is none", "no home", "relative", "read-only"])
def test_without_a_place_for_it_nothing_is_said(
    run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    del folder
    before = names_in(tmp_path)
    expected = _look(run, "--no-cache")
    locked = tmp_path.parent / f"{tmp_path.name}-locked"
    locked.mkdir(mode=0o500)
    if place == "no home":
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.delenv("HOME", raising=False)
        monkeypatch.setattr("pwd.getpwuid", {}.__getitem__)
    elif place == "home is none":
        monkeypatch.delenv("XDG_CACHE_HOME")
        monkeypatch.setenv("HOME", str(tmp_path / "wards" / "sample.toml"))
    elif place == "relative":
        monkeypatch.setenv("XDG_CACHE_HOME", "some/place")
    else:
        read_only = "/proc/1" if os.geteuid() == 0 and Path("/proc/1").is_dir() else locked
        file = tmp_path / "wards" / "sample.toml"
        monkeypatch.setenv("XDG_CACHE_HOME", str(file if place == "file" else read_only))
    assert _look(run) == expected
    assert _look(run) == expected
    assert names_in(tmp_path) == before


def test_another_day_is_asked_anew(
    run: Run, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    _look(run)
    run("overview", "wards", "--as-of", "2025-06-30")
    run("overview", "wards")
    assert len(reads) == 9
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=1))
    _look(run)  # the plan stands on another day
    assert len(reads) == 12


def test_another_program_asks_anew(
    run: Run, folder: Path, reads: Reads, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    _look(run)
    package = tmp_path / "package"
    (package / "storage").mkdir(parents=True)
    module = package / "storage" / "cache.py"
    module.write_text("1", "utf-8")
    monkeypatch.setattr(cache, "__file__", str(module))
    _look(run)
    assert len(reads) == 6
    module.write_text("22", "utf-8")
    _look(run)
    _look(run)
    assert len(reads) == 9


def test_a_broken_file_is_kept_with_its_message_in_each_language(
    run: Run, folder: Path, reads: Reads
) -> None:
    path = folder / "sample.toml"
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("[resolution]", "[resolutoin]"), "utf-8")
    first = _look(run)
    assert (first.code, len(reads)) == (7, 3)
    assert "resolutoin" in first.err
    assert _look(run) == first
    assert len(reads) == 3
    vietnamese = run("--lang", "vi", "overview", "wards", "--as-of", _DAY, "--format", "json")
    assert len(reads) == 6
    assert vietnamese.err != first.err
    i18n.use_language("en")
    path.write_text(sound, "utf-8")
    assert _look(run).code == 0
    assert len(reads) == 7


@posix
def test_what_cannot_be_read_is_tried_each_time(run: Run, folder: Path, reads: Reads) -> None:
    link = folder / "link.toml"
    link.symlink_to("../elsewhere.toml")
    first = _look(run)
    assert first.code == 7
    reads.clear()
    assert _look(run) == first
    assert reads == ["link.toml"]
    (folder.parent / "elsewhere.toml").write_text(country.ward(3), "utf-8")
    assert _look(run).code == 0


@posix
def test_a_name_that_is_no_text_does_no_harm(run: Run, folder: Path) -> None:
    for name, text in (("\udcff.toml", "x = "), ("\udcfe.toml", WARD.read_text("utf-8"))):
        (folder / name).write_text(text, "utf-8")
    first = _look(run)
    assert first.code == 7
    assert _look(run) == first
    assert _look(run, "--no-cache") == first


def test_a_file_of_the_same_name_elsewhere_is_another(
    run: Run, folder: Path, tmp_path: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _look(run)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    country.write(elsewhere / "wards", 2, seed=2)
    monkeypatch.chdir(elsewhere)
    other = _look(run)
    assert other == _look(run, "--no-cache")
    assert other.out != first.out
    monkeypatch.chdir(folder.parent)
    reads.clear()
    assert _look(run) == first
    assert reads == []


def test_a_part_of_the_files_keeps_what_is_known_of_the_others(
    run: Run, folder: Path, reads: Reads
) -> None:
    _look(run)
    (folder / "sample.toml").write_text(country.ward(3), "utf-8")
    run("overview", "wards/sample.toml", "--as-of", _DAY)
    _look(run)
    assert len(reads) == 4


def test_above_a_number_only_those_that_were_asked_about_stay(
    run: Run, folder: Path, reads: Reads, monkeypatch: pytest.MonkeyPatch
) -> None:
    _look(run)
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 2)
    (folder / "sample.toml").write_text(country.ward(3), "utf-8")
    run("overview", "wards/00/0001.toml", "wards/sample.toml", "--as-of", _DAY)
    reads.clear()
    _look(run)
    assert reads == ["0002.toml"]


def test_the_files_used_last_stay_and_the_others_go(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del folder
    monkeypatch.setattr(cache, "_MOST_FILES", 2)
    days = ["2025-01-01", "2025-02-01", "2025-03-01"]
    kept: list[Path] = []
    for number, day in enumerate(days):
        run("overview", "wards", "--as-of", day)
        (new,) = {*_kept()} - {*kept}
        os.utime(new, (number, number))
        kept.append(new)
        if number == 1:
            run("overview", "wards", "--as-of", days[0])  # which uses the first again
    assert {*_kept()} == {kept[0], kept[2]}
    monkeypatch.setattr(cache, "_MOST_BYTES", 10)
    run("overview", "wards", "--as-of", "2025-04-01")
    assert {*_kept()} == {kept[0], kept[2]}, "too large to be kept"


def test_commands_at_the_same_time_do_no_harm(run: Run, folder: Path) -> None:
    for path in folder.rglob("*.toml"):
        os.utime(path, (0, 0))
    words = ("overview", "wards", "--as-of", _DAY, "--format", "json")
    started = [started_tracker(*words) for _number in range(4)]
    found = {process.communicate() for process in started}
    assert found == {(run(*words, "--no-cache").out, "")}
    assert run(*words).out == found.pop()[0]
    assert not [path for path in _kept() if path.name.startswith(".")]


def test_the_cache_is_the_users_alone(run: Run, folder: Path) -> None:
    del folder
    _look(run)
    (kept,) = _kept()
    if os.name != "nt":
        assert kept.stat().st_mode & 0o077 == 0
        assert kept.parent.stat().st_mode & 0o077 == 0
