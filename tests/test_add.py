"""`tracker add`: what is new in the plan, where it stands in the file, and what is refused."""

import difflib
from pathlib import Path

import pytest

from tests.support import PLAN, SAMPLES, SHIPPED, Run, data_of, item_of

SAMPLE = SAMPLES / "valid" / "targets.toml"


@pytest.fixture
def targets(tmp_path: Path) -> Path:
    """Return a copy of the sample with targets, found without `--file`."""
    path = tmp_path / "tasks.toml"
    path.write_bytes(SAMPLE.read_bytes())
    return path


def _new_lines(before: str, after: str) -> str:
    """Return what is new in `after`, in which every line of `before` still stands in its order."""
    found = [*difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))]
    assert not [line for line in found if line.startswith("-")]
    return "".join(line[2:] for line in found if line.startswith("+"))


def test_a_new_task_stands_behind_the_last_one_and_every_other_line_stays(
    run: Run, plan: Path
) -> None:
    result = run("add", "task", "Night market", "--lead", "Ward office", "--due", "30/06/2027")
    assert result == (
        0,
        (
            "T3  Night market\n"
            "  due                2027-06-30\n"
            "  lead unit          Ward office\n"
            "  in the plan since  2026-11-24\n"
            "Added to tasks.toml, in [[tasks]] behind T2.\n"
            "Next: tracker update T3 --status in-progress\n"
        ),
        "",
    )
    block = (
        '[[tasks]]\nid = "T3"\ntitle = "Night market"\ndue = 2027-06-30\nlead = "Ward office"\n'
        "added = 2026-11-24\n"
    )
    head, header, tail = PLAN.partition("[[breakthroughs]]")
    assert plan.read_text(encoding="utf-8") == f"{head}{block}\n{header}{tail}"
    assert run("update", "T3", "--status", "in-progress").code == 0


def test_all_that_a_task_can_have_is_written_in_the_order_of_the_reference(
    run: Run, plan: Path
) -> None:
    words = "--id X-1 --summary Stalls --start 2026-01-01 --due 2027-01-01 --lead A --partner B"
    more = "--partner C --partner B --product P --tag t --added 2026-02-01"
    assert run("add", "task", "Market", *words.split(), *more.split()).code == 0
    assert _new_lines(PLAN, plan.read_text(encoding="utf-8")) == (
        '[[tasks]]\nid = "X-1"\ntitle = "Market"\nsummary = "Stalls"\nstart = 2026-01-01\n'
        'due = 2027-01-01\nlead = "A"\npartners = ["B", "C"]\nproduct = "P"\ntags = ["t"]\n'
        "added = 2026-02-01\n\n"
    )


def test_a_new_target_has_its_base_and_its_plan_by_year(run: Run, plan: Path) -> None:
    words = "--unit % --want dưới --kind average --base 30/06/2025=1,8 --plan 2027=0,9"
    more = "--plan 2026=1.200,5 --item t2 --lead A --source NQ-1"
    result = run("add", "chỉ tiêu", "Poor households", *words.split(), *more.split())
    assert result == (
        0,
        (
            "C1  Poor households\n"
            "  unit               %\n"
            "  wanted             below the plan\n"
            "  figures            mean of the years\n"
            "  base               1.8 on 2025-06-30\n"
            "  plan 2026          1,200.5\n"
            "  plan 2027          0.9\n"
            "  item               T2\n"
            "  lead unit          A\n"
            "  source             NQ-1\n"
            "  in the plan since  2026-11-24\n"
            "Added to tasks.toml, as the first of [[targets]].\n"
            "Next: tracker update C1 --value '…'\n"
        ),
        "",
    )
    assert _new_lines(PLAN, plan.read_text(encoding="utf-8")) == (
        '[[targets]]\nid = "C1"\ntitle = "Poor households"\nunit = "%"\nwant = "below"\n'
        'kind = "average"\nbase.on = 2025-06-30\nbase.value = 1.8\nplan.2026 = 1200.5\n'
        'plan.2027 = 0.9\nitem = "T2"\nlead = "A"\nsource = "NQ-1"\nadded = 2026-11-24\n\n'
    )


def test_a_list_that_is_not_there_begins_in_its_place_among_the_others(
    run: Run, plan: Path
) -> None:
    history = PLAN[PLAN.index("[[updates]]") :]
    head = 'schema = 1\n[resolution]\ntitle = "x"\nterm.start = 2025-01-01\nterm.end = 2029-12-31\n'
    report = '[report]\nplace = "here"\n'
    task = '[[tasks]]\nid = "T1"\ntitle = "x"\n'
    added = 'id = "{}"\ntitle = "y"\nadded = 2026-11-24\n'
    plan.write_text(f"{head}\n# mine\n{report}\n{history}", encoding="utf-8")
    assert run("add", "breakthrough", "y", "--id", "B7").code == 0
    assert plan.read_text(encoding="utf-8") == (
        f"{head}\n[[breakthroughs]]\n{added.format('B7')}\n# mine\n{report}\n{history}"
    )
    plan.write_text(f"{head}\n{task}\n# mine\n\n{report}\n{history}", encoding="utf-8")
    assert run("add", "target", "y").code == 0
    assert plan.read_text(encoding="utf-8") == (
        f"{head}\n{task}\n[[targets]]\n{added.format('C1')}\n# mine\n\n{report}\n{history}"
    )


def test_a_comment_stays_with_what_it_belongs_to(run: Run, plan: Path) -> None:
    head = PLAN.partition("[[breakthroughs]]")[0]
    own, following = "# due by hand\n  # of T2\n", "# what is coming\n[[updates]]\nitem = 't2'\n"
    history = f"{following}on = 2026-06-01\nnote = 'x'"
    plan.write_text(f"{head.rstrip()}\n{own}\n{history}", encoding="utf-8")
    assert run("add", "task", "y").code == 0
    block = '[[tasks]]\nid = "T3"\ntitle = "y"\nadded = 2026-11-24\n'
    assert plan.read_text(encoding="utf-8") == f"{head.rstrip()}\n{own}\n{block}\n{history}"
    plan.write_text(f"{head.rstrip()}\n{history}", encoding="utf-8")
    assert run("add", "task", "y").code == 0
    assert plan.read_text(encoding="utf-8") == f"{head.rstrip()}\n\n{block}\n{history}"


def test_a_file_keeps_its_line_ends_and_its_last_line_without_one(run: Run, plan: Path) -> None:
    content = PLAN.partition("\n# The history.")[0].rstrip().replace("\n", "\r\n")
    plan.write_bytes(b"\xef\xbb\xbf" + content.encode())
    assert run("add", "target", "y").code == 0
    added = '\r\n\r\n[[targets]]\r\nid = "C1"\r\ntitle = "y"\r\nadded = 2026-11-24'
    assert plan.read_bytes() == b"\xef\xbb\xbf" + (content + added).encode()


def test_lists_in_brackets_get_a_new_last_entry(run: Run, plan: Path) -> None:
    sample = (SAMPLES / "valid" / "inline-lists.toml").read_text(encoding="utf-8")
    plan.write_text(sample, encoding="utf-8")
    assert run("add", "task", "Schools", "--lead", "A").code == 0
    assert _new_lines(sample, plan.read_text(encoding="utf-8")) == (
        '    { id = "T3", title = { en = "Schools" }, lead = "A", added = 2026-11-24 },\n'
    )
    assert run("add", "target", "Pupils", "--plan", "2027=5").code == 0
    assert data_of(plan)["targets"][0]["plan"] == {"2027": 5}
    plan.write_text(sample.replace("tasks = [", "breakthroughs = []\ntasks = [", 1))
    assert run("add", "breakthrough", "Staff").code == 0
    assert [entry["id"] for entry in data_of(plan)["breakthroughs"]] == ["B1"]


def test_titles_are_written_as_those_of_the_file_are(run: Run, plan: Path) -> None:
    plan.write_bytes(SHIPPED.read_bytes())
    words = ["--summary", "Chợ ven sông", "--lang", "vi"]
    assert run("add", "nhiệm vụ", "Chợ đêm", *words).code == 0
    added = item_of(plan, "T9")
    assert (added["title"], added["summary"]) == ({"vi": "Chợ đêm"}, {"vi": "Chợ ven sông"})
    new = _new_lines(SHIPPED.read_text(encoding="utf-8"), plan.read_text(encoding="utf-8"))
    assert 'title.vi = "Chợ đêm"\nsummary.vi = "Chợ ven sông"\n' in new


@pytest.mark.parametrize(
    ("ids", "free"),
    [
        (["T1", "T2"], "T3"),
        (["T2", "T1"], "T3"),
        (["NV-08", "NV-09"], "NV-10"),
        (["nv01", "x", "NV03"], "NV04"),
        (["1", "7"], "8"),
        (["2026.1"], "2026.2"),
        (["T1", "C9", "C2"], "C10"),
    ],
    ids="-".join,
)
def test_the_next_free_id_follows_the_pattern_of_its_list(
    run: Run, plan: Path, ids: list[str], free: str
) -> None:
    head = PLAN.partition("[[tasks]]")[0]
    tasks = "".join(f'[[tasks]]\nid = "{each}"\ntitle = "x"\n' for each in ids)
    plan.write_text(head + tasks, encoding="utf-8")
    assert run("add", "task", "y").code == 0
    assert data_of(plan)["tasks"][-1]["id"] == free


def test_an_id_of_another_kind_or_of_the_history_is_not_free(run: Run, plan: Path) -> None:
    text = PLAN.replace('id = "B1"', 'id = "T3"') + '\n[[updates]]\nitem = "t4"\non = 2026-06-30\n'
    plan.write_text(text + 'note = "x"\n', encoding="utf-8")
    assert run("add", "task", "y").code == 0
    assert data_of(plan)["tasks"][-1]["id"] == "T5"


def test_a_rehearsal_shows_what_would_be_added_and_writes_nothing(run: Run, plan: Path) -> None:
    result = run("add", "task", "y", "--dry-run")
    assert (result.code, result.out) == (
        0,
        "T3  y\n  in the plan since  2026-11-24\nNothing was written to tasks.toml.\n",
    )
    assert plan.read_bytes() == PLAN.encode()


def test_a_milestone_stands_below_its_item_and_behind_its_siblings(run: Run, plan: Path) -> None:
    result = run("add", "milestone", "Site", "--of", "t2", "--weight", "2", "--due", "2027-03-31")
    assert result == (
        0,
        (
            "T2.1  Site\n"
            "  weight             2\n"
            "  due                2027-03-31\n"
            "  in the plan since  2026-11-24\n"
            "Added to tasks.toml, as the first of [[tasks.milestones]] below T2.\n"
            "From 2026-11-24 on, the status and progress of T2 follow from its milestones.\n"
            "Next: tracker update T2.1 --status in-progress\n"
        ),
        "",
    )
    assert (
        run("add", "nhiệm vụ cụ thể", "Design", "--item", "T2", "--start", "2026-12-01").code == 0
    )
    assert run("add", "milestone", "Forms", "--item", "T1", "--id", "F-01").code == 0
    assert run("add", "milestone", "More forms", "--item", "T1", "--weight", "1").code == 0
    assert run("add", "task", "y").code == 0
    header = "[[tasks.milestones]]\n"
    forms = (
        f'\n{header}id = "F-01"\ntitle = "Forms"\nadded = 2026-11-24\n'
        f'\n{header}id = "F-02"\ntitle = "More forms"\nadded = 2026-11-24\n'
    )
    site = f'\n{header}id = "T2.1"\ntitle = "Site"\nweight = 2\ndue = 2027-03-31\n'
    design = f'\n{header}id = "T2.2"\ntitle = "Design"\nstart = 2026-12-01\n'
    added = "added = 2026-11-24\n"
    task = f'\n[[tasks]]\nid = "T3"\ntitle = "y"\n{added}'
    expected = PLAN.replace("progress = 40\n", f"progress = 40\n{forms}", 1).replace(
        'title = "Roads"\n', f'title = "Roads"\n{site}{added}{design}{added}{task}'
    )
    assert plan.read_text(encoding="utf-8") == expected


def test_a_milestone_of_an_item_that_its_milestones_finished_reopens_it(
    run: Run, plan: Path
) -> None:
    assert run("add", "milestone", "a", "--of", "T2").code == 0
    assert run("update", "T2.1", "--status", "done").code == 0
    result = run("add", "milestone", "b", "--of", "T2")
    assert "T2 was done, and with a new milestone is in progress again.\n" in result.out
    assert [each["id"] for each in item_of(plan, "T2")["milestones"]] == ["T2.1", "T2.2"]


def test_a_status_that_no_longer_counts_beside_milestones_refuses_none(
    run: Run, plan: Path
) -> None:
    milestone = '[[tasks.milestones]]\nid = "T2.1"\ntitle = "x"\n'
    text = PLAN.replace('"Roads"\n', f'"Roads"\nstatus = "done"\ndone_on = 2026-01-01\n{milestone}')
    plan.write_text(text, encoding="utf-8")
    result = run("add", "milestone", "y", "--of", "T2")
    assert (result.code, "was done" in result.out) == (0, False)


def test_an_item_that_is_done_or_cancelled_gets_no_milestone(run: Run, plan: Path) -> None:
    assert run("update", "T2", "--status", "done").code == 0
    assert run("update", "B1", "--status", "cancelled", "--evidence", "NQ").code == 0
    before = plan.read_bytes()
    assert run("add", "milestone", "a", "--of", "T2") == (
        4,
        "",
        (
            "Error: T2 is done; it gets no new milestone.\n"
            "Hint: Reopen it first: tracker update T2 --status in-progress --progress '…'\n"
        ),
    )
    assert run("add", "milestone", "a", "--of", "B1") == (
        4,
        "",
        (
            "Error: B1 is cancelled; it gets no new milestone.\n"
            "Hint: Reopen it first: tracker update B1 --status in-progress\n"
        ),
    )
    assert plan.read_bytes() == before


REFUSED = [
    (["milestone", "x"], 2, "--item: a milestone needs the item that it belongs to"),
    (["milestone", "x", "--of", "T9"], 3, "There is no item 'T9'"),
    (["milestone", "x", "--of", "C1"], 4, "C1 is neither a task nor a breakthrough"),
    (["milestone", "x", "--of", "T1.1"], 4, "T1.1 is neither a task nor a breakthrough"),
    (["milestone", "x", "--of", "T1", "--weight", "0"], 2, "'0' is not a whole number from 1"),
    (["milestone", "x", "--of", "T1", "--weight=-1"], 2, "'-1' is not a whole number from 1"),
    (["milestone", "x", "--of", "T1", "--weight", "1.5"], 2, "'1.5' is not a whole number from 1"),
    (["milestone", "x", "--of", "T1", "--unit", "%"], 2, "milestone has no --unit"),
    (["milestone", "x", "--of", "T1", "--id", "T1"], 4, "The id T1 is already in use"),
    (["target", "x", "--id", "t1.1"], 4, "is already in use, by milestone T1.1"),
    (["target", "x", "--item", "T1.1"], 4, "T1.1 is neither a task nor a breakthrough"),
    (
        ["milestone", "x", "--of", "T1", "--due", "2025-12-31"],
        4,
        "T1.2: the due date, 2025-12-31, is before the start, 2026-01-01",
    ),
    (["task", ""], 2, "the text cannot be empty"),
    (["task", " \u200b "], 2, "the text cannot be empty"),
    (["task", "…"], 2, "put your own text in the place of …"),
    (["task", "a\x1b[2J"], 2, "which a text cannot have"),
    (["task", "a\nb"], 2, "which a text cannot have"),
    (["task", "x", "--summary", "a\x07"], 2, "which a text cannot have"),
    (["goal", "x"], 2, "'goal' is not valid; choose one of: task, breakthrough, milestone, target"),
    (["task"], 2, "TITLE is missing"),
    (["task", "x", "--unit", "%"], 2, "task has no --unit"),
    (["target", "x", "--due", "2027-01-01"], 2, "target has no --due"),
    (["task", "x", "--weight", "2"], 2, "task has no --weight"),
    (["task", "x", "--id", "T 9"], 2, "'T 9' is no id"),
    (["task", "x", "--id=-T9"], 2, "'-T9' is no id"),
    (["task", "x", "--id", "c1"], 4, "The id c1 is already in use, by target C1"),
    (["target", "x", "--id", "t1"], 4, "The id t1 is already in use, by task T1"),
    (["task", "x", "--id", "T8"], 4, "The history has entries of T8, which is no longer in the"),
    (["task", "x", "--start", "2025-08-14"], 4, "outside the term, 2025-08-15 to 2030-12-31"),
    (["task", "x", "--start", "2031-01-01"], 4, "outside the term, 2025-08-15 to 2030-12-31"),
    (["task", "x", "--due", "2025-08-14"], 4, "the due date, 2025-08-14, is before the start, "),
    (
        ["task", "x", "--start", "2027-01-02", "--due", "2027-01-01"],
        4,
        "the due date, 2027-01-01, is before the start, 2027-01-02",
    ),
    (["task", "x", "--added", "2026-11-25"], 4, "2026-11-25 is in the future"),
    (["target", "x", "--plan", "0.9"], 2, "'0.9' is not a year and its figure; write 2027=0.9"),
    (["target", "x", "--plan", "=0.9"], 2, "is not a year and its figure"),
    (["target", "x", "--plan", "2027="], 2, "is not a year and its figure"),
    (["target", "x", "--plan", "27=1"], 2, "'27' is not a year of four digits"),
    (["target", "x", "--plan", "2027=nan"], 2, "'nan' is not a number"),
    (["target", "x", "--plan", "2027=inf"], 2, "'inf' is not a number"),
    (["target", "x", "--plan", "2027=1.234"], 2, "'1.234' can be read as 1234 or as 1.2340"),
    (["target", "x", "--plan", "2027=1", "--plan", "2027=1"], 2, "the year 2027 is given twice"),
    (["target", "x", "--plan", "2024=1"], 4, "the year 2024 is outside the term"),
    (["target", "x", "--base", "1.8"], 2, "'1.8' is not a day and its figure"),
    (["target", "x", "--base", "2025-13-01=1"], 2, "there is no day '2025-13-01'"),
    (["target", "x", "--base", "2025-08-31=1.234"], 2, "can be read as 1234 or as 1.2340"),
    (
        ["target", "x", "--base", "2026-12-31=1", "--plan", "2026=2"],
        4,
        "the base, of 2026-12-31, is not before the end of the year 2026",
    ),
    (["target", "x", "--item", "T9"], 3, "There is no item 'T9'"),
    (["target", "x", "--item", "C1"], 4, "C1 is neither a task nor a breakthrough"),
    (
        ["target", "x", "--want", "more"],
        2,
        "'more' is not valid; choose one of: at least as planned",
    ),
    (
        ["target", "x", "--kind", "sum"],
        2,
        "'sum' is not valid; choose one of: figure of a day (level)",
    ),
]


@pytest.mark.parametrize(
    ("words", "code", "said"), REFUSED, ids=[" ".join(words) for words, _code, _said in REFUSED]
)
def test_what_cannot_be_added_is_refused_and_the_file_is_as_it_was(
    run: Run, targets: Path, words: list[str], code: int, said: str
) -> None:
    text = targets.read_text(encoding="utf-8") + "\n[[updates]]\nitem = 'T8'\non = 2026-10-31\n"
    milestone = '\nstart = 2026-01-01\n[[tasks.milestones]]\nid = "T1.1"\ntitle = "y"\n'
    text = text.replace('bền vững"\n', f'bền vững"{milestone}', 1)
    targets.write_text(text + "note = 'x'\n", encoding="utf-8")
    before = targets.read_bytes()
    result = run("add", *words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert targets.read_bytes() == before


def test_where_no_id_ends_in_a_number_one_is_asked_for(run: Run, plan: Path) -> None:
    plan.write_text(PLAN.replace('"B1"', '"first"'), encoding="utf-8")
    result = run("add", "breakthrough", "y")
    assert (result.code, result.err) == (
        4,
        (
            "Error: The next id is not clear: first does not end in a number.\n"
            "Hint: Give an id with --id.\n"
        ),
    )
    assert run("add", "breakthrough", "y", "--id", "second").code == 0


def test_without_a_data_file_nothing_is_added(run: Run) -> None:
    assert run("add", "task", "x").code == 5
