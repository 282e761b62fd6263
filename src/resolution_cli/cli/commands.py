"""Commands in the active language: their help with examples, and errors of a command line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from shutil import get_terminal_size
from typing import Any, cast

import typer

# Typer does not export these; its version is capped in pyproject.toml.
from typer._click import Command as AnyCommand
from typer._click import Context, HelpFormatter
from typer._click.exceptions import MissingParameter, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from resolution_cli import i18n
from resolution_cli.errors import ExitCode, TrackerError, WrongInput, did_you_mean
from resolution_cli.i18n import LANGUAGES, N_, _
from resolution_cli.matching import nearest_word

COMMANDS: Mapping[str, str] = {
    "list": "list:list_items",
    "show": "show:show",
    "update": "update:update",
    "add": "add:add",
    "edit": "edit:edit",
    "targets": "targets:targets",
    "timeline": "timeline:timeline",
    "report": "report:report",
    "next": "next:next_report",
    "chase": "chase:chase",
    "overview": "overview:overview",
    "template": "template:template",
    "form": "form:form",
    "import": "import_:import_workbooks",
    "log": "log:log",
    "undo": "undo:undo",
    "amend": "amend:amend",
    "check": "check:check",
    "init": "init:init",
    "schema": "schema:schema",
}
"""The commands in the order of the help, each with its module in this package and the function
there."""

Example = tuple[str, str]
"""A command line that can be pasted, and what it does. A command line that has a text for people
is marked for translation, as the remark is."""

EXAMPLES: Sequence[Example] = (
    ("tracker list", N_("All items, with their status, progress and due date.")),
    (
        N_('tracker update T3 --progress 20 --note "Land survey finished"'),
        N_("Record what was done on item T3."),
    ),
    ("tracker report -o report.docx", N_("The report of today, as a Word file.")),
)
"""The examples of `tracker -h`. Each command has its own beside its `HELP`."""

_MESSAGES = (
    (
        r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)",
        N_("unexpected argument: {word}; put text with spaces in double quotes"),
    ),
    (r"Option '(.*)' requires an argument\.", N_("{word} needs a value.")),
    (r"Option '(.*)' does not take a value\.", N_("{word} takes no value.")),
)
"""What Typer says in English only, as patterns, which are compiled when something is wrong."""

_OF_TYPER = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("Missing command."),
    N_("Show this message and exit."),
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""What Typer says, and we or Typer look up in our catalogues."""

_PLACEHOLDERS = frozenset(
    (
        N_("ARGS"),
        N_("CAUSE"),
        N_("COLUMN"),
        N_("COMMAND"),
        N_("DATE"),
        N_("DAYS"),
        N_("ENTRY"),
        N_("FACT"),
        N_("FILE"),
        N_("FOLDER"),
        N_("FORM"),
        N_("FORMAT"),
        N_("HEAD"),
        N_("ID"),
        N_("KEY"),
        N_("KIND"),
        N_("NAME"),
        N_("NUMBER"),
        N_("OPTIONS"),
        N_("PATH"),
        N_("PERCENT"),
        N_("PERIOD"),
        N_("STATUS"),
        N_("TABLE"),
        N_("TAG"),
        N_("TEXT"),
        N_("TITLE"),
        N_("UNIT"),
        N_("VERDICT"),
        N_("WHAT"),
        N_("WORD"),
        N_("YEAR"),
    )
)
"""What stands in usage lines and beside options for the words that a person types."""

_NARROWEST, _MARGIN = 30, 2
"""Columns that the help needs, and those that it leaves free at the right, as Typer does."""

_DASHES = "‐‑‒–—―−"
"""What a word processor or a chat makes of hyphens."""

_LIKE_OPTION = r"--?[A-Za-z][\w-]*(=.*)?|--"
"""What stands for an option, not for a value: neither a number below zero nor a text behind a
hyphen and a space."""


class WrongCommandLine(TrackerError):
    """The words of the command line are not what the command takes."""

    exit_code = ExitCode.USAGE

    def __init__(self, error: UsageError) -> None:
        command = error.ctx.command_path if error.ctx else "tracker"
        super().__init__(_message(error), _("Run `{command} -h` for help.").format(command=command))


class _Translated(AnyCommand):
    """Help in the active language with examples at its end, and `--lang` as the last option."""

    examples: Sequence[Example] = ()

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.help = self.help and _(self.help)
        self.epilog = self.epilog and _(self.epilog)
        self.params.append(_language_option())

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse `args`. Raise `UsageError` for an option without its value or with a dash."""
        try:
            if not ctx.resilient_parsing:  # a line that is still being typed
                _check_options(
                    [p for p in self.get_params(ctx) if isinstance(p, TyperOption)], ctx, args
                )
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx  # whose `-h` helps
            raise

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """Return the commands and options that fit, with their help in the active language."""
        self._translate(ctx)
        return super().shell_complete(ctx, incomplete)

    def invoke(self, ctx: Context) -> Any:
        """Run the command. Raise `UsageError` for what a person asked for and cannot have."""
        try:
            return super().invoke(ctx)
        except WrongInput as error:
            hint = error.option or None
            raise typer.BadParameter(error.message, ctx, param_hint=hint) from None

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        pieces = (
            piece.strip("{}") for piece in self.collect_usage_pieces(ctx)
        )  # braces are Typer's from 0.27 on
        formatter.write_usage(ctx.command_path, _translated(" ".join(pieces)), _("Usage: "))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        self._translate(ctx)
        # Typer stops at 50 columns, whatever the terminal has.
        columns = max(get_terminal_size().columns, _NARROWEST) - _MARGIN
        formatter.width = min(formatter.width, columns)
        super().format_help(ctx, formatter)

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        super().format_epilog(ctx, formatter)
        with formatter.section(_("Examples")):
            for command, remark in self.examples:
                # Never wrapped: a command line that is cut in two cannot be pasted.
                formatter.write(f"{'':{formatter.current_indent}}{_(command)}\n")
                with formatter.indentation():
                    formatter.write_text(_(remark))

    def _translate(self, ctx: Context) -> None:
        for parameter in self.get_params(ctx):
            if isinstance(parameter, (TyperOption, TyperArgument)):
                parameter.help = parameter.help and _(parameter.help)
                parameter.metavar = parameter.metavar and _translated(parameter.metavar)


class _Command(_Translated, TyperCommand):
    """A command in the active language."""

    def get_short_help_str(
        self,
        limit: int = 0,  # noqa: ARG002  # Typer passes it
    ) -> str:
        """Return the first paragraph of the help, whole; Typer would cut it, and the list wraps."""
        return (self.help or "").partition("\n")[0]


class Commands(_Translated, TyperGroup):
    """The commands, each loaded when it is asked for: a start pays for one, not for all."""

    examples = EXAMPLES

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {
            name: TyperCommand(name) for name in COMMANDS
        }  # the names, in the order of the help

    def get_command(
        self,
        ctx: Context,  # noqa: ARG002  # Typer passes it
        cmd_name: str,
    ) -> TyperCommand | None:
        """Return the command with this name, or None if there is none."""
        return _command(cmd_name, i18n.language()) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: Context, args: list[str]
    ) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that `args` begin with; `UsageError` names the nearest if none is."""
        if args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            near = nearest_word(args[0], COMMANDS)
            message = _("there is no command {name!r}.").format(name=args[0])
            raise UsageError(f"{message} {did_you_mean(near)}" if near else message, ctx)
        return super().resolve_command(ctx, args)


@cache  # a process may run many command lines
def _command(
    cmd_name: str,
    language: str,  # noqa: ARG001  # which is active, and in which its help is made
) -> TyperCommand:
    name, function = COMMANDS[cmd_name].split(":")
    module = import_module(f"resolution_cli.cli.{name}")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(cmd_name, cls=_Command, help=module.HELP)(getattr(module, function))
    command = cast(_Command, get_command(alone))
    command.examples = module.EXAMPLES
    return command


def asked_language(words: Sequence[str]) -> str | None:
    """Return the language that `--lang` asks for, if it is one of ours.

    It is read before the rest of the command line, whose help and errors are to be in that language
    too.
    """
    asked = None
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == "--":
            break
        option, is_joined, value = word.partition("=")
        code = (value if is_joined else following).lower()
        if option == "--lang" and code in LANGUAGES:
            asked = code  # as of every option, the last one counts
    return asked


def _check_options(options: Sequence[TyperOption], ctx: Context, args: Sequence[str]) -> None:
    """Raise `UsageError` for an option with a typographic dash, or in the place of a value."""
    by_name = {name: option for option in options for name in option.opts}
    for word, value in _options_and_values(by_name, ctx, args):
        if option := _beautified(
            word if value is None else value, by_name, is_value=value is not None
        ):
            message = _("{word} does not begin with a hyphen but with a dash; type {option}.")
            raise UsageError(
                message.format(word=word if value is None else value, option=option), ctx
            )
        if value is not None and (
            value in by_name
            or (value.startswith("-") and re.fullmatch(_LIKE_OPTION, value, re.DOTALL))
        ):
            message = _("{option} needs a value; write {joined} if the value begins with a hyphen.")
            name = word if word.startswith("--") else max(by_name[word].opts, key=len)
            raise UsageError(message.format(option=word, joined=f"{name}={value}"), ctx)


def _options_and_values(
    by_name: Mapping[str, TyperOption], ctx: Context, args: Sequence[str]
) -> Iterator[tuple[str, str | None]]:
    """Yield each option whose value is the next word, with that; any other word with None."""
    rest = iter(args)
    for word in rest:
        if word == "--" or not (
            ctx.command.allow_interspersed_args or word.startswith(("-", *_DASHES))
        ):
            return
        option = by_name.get(word)
        is_parted = option is not None and not option.is_flag and not option.count
        yield word, next(rest, None) if is_parted else None


def _beautified(word: str, by_name: Mapping[str, TyperOption], *, is_value: bool) -> str | None:
    """Return the option that `word` is when its dashes are hyphens; None if it is no option."""
    stripped = word.lstrip("-" + _DASHES)
    if not set(word[: len(word) - len(stripped)]) & set(_DASHES):
        return None
    name = stripped.partition("=")[0]
    known = {option.lstrip("-"): option for option in by_name}
    found = [name] if name in known or is_value else nearest_word(name, known)
    return known.get(found[0]) if found else None


def _language_option() -> TyperOption:
    """Return the option `--lang`, which `asked_language` has read before it is parsed.

    Made directly: every start needs it twice, and Typer takes ten times as long to make it from a
    function.
    """
    return TyperOption(
        param_decls=["--lang"],
        metavar="|".join(LANGUAGES),
        callback=_check_language,
        autocompletion=_completed_languages,
        is_eager=True,
        expose_value=False,
        help=N_("The language of the output. Default: $TRACKER_LANG, else the system's."),
    )


def _check_language(_context: Context, _option: TyperOption, value: str | None) -> None:
    if value is not None and value.lower() not in LANGUAGES:
        raise typer.BadParameter(
            _("{text!r} is not valid; choose one of: {words}.").format(
                text=value, words=", ".join(LANGUAGES)
            )
        )


def _completed_languages(_context: Context, _words: list[str], incomplete: str) -> list[str]:
    return [code for code in LANGUAGES if code.startswith(incomplete.lower())]


def _message(error: UsageError) -> str:
    if isinstance(error, typer.BadParameter):  # a missing parameter is one too
        hint = error.param_hint or _names(error.param)
        where = (hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")
        if isinstance(error, MissingParameter):
            return _("{name} is missing.").format(name=where)
        return f"{where}: {error.message}" if where else error.message
    if isinstance(error, NoSuchOption):
        message = _("there is no option {name}.").format(name=error.option_name)
        options = error.ctx.command.get_params(error.ctx) if error.ctx else []
        near = nearest_word(
            error.option_name.lstrip("-"), [name.lstrip("-") for o in options for name in o.opts]
        )
        return f"{message} {did_you_mean([f'--{name}' for name in near])}" if near else message
    for pattern, known in _MESSAGES:
        if match := re.fullmatch(pattern, error.format_message(), re.DOTALL):
            return _(known).format(word=match[1])
    return error.format_message()


def _translated(metavar: str) -> str:
    """Return a `metavar` or a usage line with its placeholders in the active language."""
    return re.sub(r"\w+", lambda word: _(word[0]) if word[0] in _PLACEHOLDERS else word[0], metavar)


def _names(parameter: object) -> Sequence[str]:
    """Return what a person types for `parameter`, or what stands for it in the help."""
    if isinstance(parameter, TyperArgument):
        return [_translated(parameter.metavar or parameter.name or "")]
    return parameter.opts if isinstance(parameter, TyperOption) else []
