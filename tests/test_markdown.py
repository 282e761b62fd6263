"""Markdown: no text becomes markup, for CommonMark or for GitHub."""

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.support import Run, hostile
from tests.written import VIEWS, write_harmless_plan, write_plan_of


def _structure(markdown: str) -> tuple[list[str], list[str]]:
    """Return the kinds of the tokens of a Markdown text but for plain text, and the plain texts."""
    tokens = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    )
    parts = [part for token in tokens for part in (token, *(token.children or ()))]
    texts = [
        "".join(part.content for part in token.children or () if not _parts_words(part))
        for token in tokens
    ]
    return [
        part.type
        for part in parts
        if part.type not in {"text", "text_special"} and not _parts_words(part)
    ], texts


def _parts_words(token: Token) -> bool:
    """Say whether this is the empty comment that keeps GitHub from making a reference."""
    return token.type == "html_inline" and token.content == "<!-- -->"


@hostile
@pytest.mark.parametrize("view", VIEWS)
def test_markdown_has_the_structure_that_it_has_with_harmless_texts(
    run: Run, text: str, view: str
) -> None:
    write_plan_of(text)
    kinds, texts = _structure(run(*VIEWS[view], "--format", "markdown").out)
    letters = str.maketrans(write_harmless_plan(text))
    harmless_kinds, harmless_texts = _structure(run(*VIEWS[view], "--format", "markdown").out)
    assert kinds == harmless_kinds
    expected = [text.translate(letters) for text in harmless_texts]
    assert ["".join(text.split()) for text in texts] == ["".join(text.split()) for text in expected]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("note", "written"),
    [
        ("hỏi @octocat", "hỏi @<!-- -->octocat"),
        ("@phuong/to-1", "@<!-- -->phuong/to-1"),
        ("vp@phuong.vn", "vp@<!-- -->phuong.vn"),
        ("xem #41", "xem #<!-- -->41"),
        ("#41", "#<!-- -->41"),
        ("a/b#3", "a/b#<!-- -->3"),
        ("GH-12, gh-3", "GH-<!-- -->12, gh-<!-- -->3"),
        (":warning: :+1: :flag_vn:", ":<!-- -->warning: :<!-- -->+1: :<!-- -->flag\\_vn:"),
        ("lúc 16:30:45, 12/2026: đủ", "lúc 16:30:45, 12/2026: đủ"),
        ("deadbeef1, 6f40a81c", "d<!-- -->eadbeef1, 6<!-- -->f40a81c"),
        ("chi 15000000 @ 12%, # 1, C# và a1b2", "chi 15000000 @ 12%, # 1, C# và a1b2"),
    ],
)
def test_markdown_has_no_word_that_github_takes_for_a_reference(
    run: Run, note: str, written: str
) -> None:
    """GitHub looks for them in the parsed text, without backslashes: only a comment helps."""
    run("update", "T2", f"--note={note}")
    blocks = run("report", "--format", "markdown").out.split("\n\n")
    assert [block for block in blocks if f"Results: {written} (2026-11-24)." in block], blocks
    text = _structure(f"- {written}")[1]
    assert note in text
