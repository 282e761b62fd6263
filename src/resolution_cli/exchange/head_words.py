"""What the head of a column says that it is, in both languages.

Heads are compared without accents, case, spaces and signs: "ĐƠN VỊ  CHỦ TRÌ" is `donvichutri`.
"""

import re

from resolution_cli.domain.plan_columns import PLAN, Column
from resolution_cli.domain.values import EntryKind
from resolution_cli.matching import fold

LONGEST = 120
"""Characters of a head at most; a longer text is none."""

_WORDS = (
    (Column.NUMBER, r"(so)?(stt|tt)|sothutu|no|number|#"),
    (Column.UNIT, r".*(donvitinh|dvt|dvtinh).*|unit|unitofmeasure(ment)?"),
    (Column.WEIGHT, r"trongso|weight"),
    (Column.START, r"(thoigian|ngay|thoidiem)(batdau|trienkhai)|start(date|ing)?"),
    (
        Column.DUE,
        (
            r".*(thoihan|(han|thoigian|thoidiem|tiendo|ngay)hoanthanh|thoigianthuchien).*|deadline"
            r"|due(date|by|on)?|completiondate"
        ),
    ),
    (
        Column.LEAD,
        (
            r".*chutri.*|(donvi|coquan)(phutrach|daumoi)|lead(unit|agency|er|ing(unit|agency))?"
            r"|responsible(unit|agency)?|unitresponsible"
        ),
    ),
    (
        Column.PARTNERS,
        r".*phoihop.*|partners?|partner(unit|agenc)(s|y|ies)?|support(ing)?units?|with",
    ),
    (
        Column.PRODUCT,
        r".*(sanpham|daura).*|products?|(expected)?(outputs?|products?)|deliverables?",
    ),
    (
        Column.MILESTONE,
        r".*(nhiemvu|congviec|noidung|hoatdong)cuthe.*|milestones?|steps?|activit(y|ies)",
    ),
    (
        Column.TITLE,
        (
            r"(ten|cac|danhmuc)?(noidung|nhiemvu|congviec|dauviec|chitieu|khaudotpha|dotpha).*"
            r"|titles?|tasks?|breakthroughs?|targets?|indicators?|contents?|items?|work"
        ),
    ),
)
"""The columns with what their heads say, the most telling first: a head with the words of
tasks and of deadlines is one of deadlines."""

_PLAN_OF_YEAR = re.compile(
    r"(kehoach|kh|chitieu|muctieu|nam|den|phandau|het|cuoi|dat|plan(ned)?|targets?|goal|by|year"
    r"|the|end|of|in)*(?P<year>20[0-9]{2})(nam)?"
)
"""A head over the figures that are planned for one year."""

_KINDS = (
    (EntryKind.TARGET, r"chitieu|target|indicator"),
    (EntryKind.BREAKTHROUGH, r"dotpha|breakthrough"),
)

_ENGLISH = re.compile(
    r"titles?|tasks?|breakthroughs?|targets?|indicators?|contents?|items?|work|milestones?|steps?"
    r"|activit(y|ies)"
)


def form_of(head: str) -> str:
    """Return a head without accents, case, spaces, signs and what stands in brackets.

    Empty for a text that is too long for one.
    """
    if len(head) > LONGEST:
        return ""
    without_brackets = re.sub(r"\([^)]*\)|\[[^]]*\]", " ", fold(head))
    return re.sub(r"[\W_]+", "", without_brackets) or re.sub(r"[\s_]+", "", fold(head))


def column_of(head: str) -> str | None:
    """Return what the column with this head is; None if it is nothing, or may be two things."""
    form = form_of(head)
    if not form:
        return None
    if match := _PLAN_OF_YEAR.fullmatch(form):
        return PLAN + match["year"]
    found = [column for column, words in _WORDS if re.fullmatch(words, form)]
    if Column.LEAD in found and Column.PARTNERS in found:
        return None
    return found[0] if found else None


def kind_of(head: str) -> EntryKind | None:
    """Return the kind of entries that the head of the titles names; None for tasks or none."""
    form = form_of(head)
    found = [kind for kind, words in _KINDS if re.search(words, form)]
    is_task_too = "nhiemvu" in form or "task" in form
    return found[0] if len(found) == 1 and not is_task_too else None


def is_english(head: str) -> bool:
    """Say whether the head of the titles is one of the English ones."""
    return bool(_ENGLISH.fullmatch(form_of(head)))
