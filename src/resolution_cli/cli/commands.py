"""Commands that speak the active language: their help, their headings, and what is wrong with a command line."""

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, cast

import typer

# Typer does not export these; its version is capped in pyproject.toml.
from typer._click import Context, HelpFormatter, Parameter
from typer._click.core import Command as AnyCommand
from typer._click.exceptions import BadParameter, ClickException, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from resolution_cli.errors import ExitCode, TrackerError, did_you_mean
from resolution_cli.i18n import LANGUAGES, N_, _
from resolution_cli.matching import nearest

COMMANDS: Mapping[str, str] = {
    "list": "items:list_items",
    "show": "show:show",
    "update": "update:update",
    "report": "report:report",
    "log": "log:log",
    "undo": "undo:undo",
    "check": "check:check",
    "init": "init:init",
    "schema": "schema:schema",
}
"""The commands in the order of the help, each with its module in this package and the function there."""

_MESSAGES = (
    (
        re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL),
        N_("too many words: {word}; put a text with spaces in quotes"),
    ),
    (re.compile(r"Option '(.*)' requires an argument\.", re.DOTALL), N_("{word} needs a value.")),
    (re.compile(r"Option '(.*)' does not take a value\.", re.DOTALL), N_("{word} takes no value.")),
)
"""What Typer says in English only."""

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


class WrongCommandLine(TrackerError):
    """The words of the command line are not what the command takes."""

    exit_code = ExitCode.USAGE

    def __init__(self, error: ClickException) -> None:
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "tracker"
        super().__init__(_message(error), _("`{command} -h` tells how it is used.").format(command=command))


class _Translated(AnyCommand):
    """Help in the active language, and `--lang` as the last option."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.help = self.help and _(self.help)
        self.epilog = self.epilog and _(self.epilog)
        self.params.append(_language_option())

    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), _("Usage: "))

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        for parameter in self.get_params(ctx):
            if isinstance(parameter, (TyperOption, TyperArgument)) and parameter.help:
                parameter.help = _(parameter.help)
        super().format_help(ctx, formatter)


class _Command(_Translated, TyperCommand):
    """A command that speaks the active language."""


class Commands(_Translated, TyperGroup):
    """The commands, each loaded when it is asked for: a start pays for one, not for all."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = {name: TyperCommand(name) for name in COMMANDS}  # the names, in the order of the help

    def get_command(self, ctx: Context, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002  # Typer's way to ask
        """Return the command with this name, or None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        name, function = COMMANDS[cmd_name].split(":")
        module = import_module(f"resolution_cli.cli.{name}")
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(cmd_name, cls=_Command, help=module.HELP)(getattr(module, function))
        return cast(TyperCommand, get_command(alone))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Return the command that `args` begin with. Raise `UsageError` with the nearest one if there is none."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS, most=1)
            message = _("there is no command {name!r}.").format(name=args[0])
            raise UsageError(f"{message} {did_you_mean(near)}" if near else message, ctx)
        return super().resolve_command(ctx, args)


def asked_language(words: Sequence[str]) -> str | None:
    """Return the language that `--lang` asks for, if it is one of ours.

    It is read before the rest of the command line, whose help and errors are to be in that language too.
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


def _language_option() -> TyperOption:
    def check(ctx: Context, param: Parameter, value: str | None) -> None:  # Typer's way to call back
        if value is not None and value.lower() not in LANGUAGES:
            message = _("{text!r} is not one of {words}.").format(text=value, words=", ".join(LANGUAGES))
            raise BadParameter(message, ctx, param)

    return TyperOption(
        param_decls=["--lang"],
        metavar="|".join(LANGUAGES),
        callback=check,
        is_eager=True,
        expose_value=False,
        help=N_("The language. Default: $TRACKER_LANG, else the system's."),
    )


def _message(error: ClickException) -> str:
    if isinstance(error, BadParameter):  # a missing parameter is one too
        hint = error.param_hint or (error.param and error.ctx and error.param.get_error_hint(error.ctx)) or ""
        where = (hint if isinstance(hint, str) else " / ".join(hint)).replace("'", "")
        if isinstance(error, MissingParameter):
            return _("{name} is missing.").format(name=where)
        return f"{where}: {error.message}" if where else error.message
    if isinstance(error, NoSuchOption):
        message = _("there is no option {name}.").format(name=error.option_name)
        return f"{message} {did_you_mean(error.possibilities[:1])}" if error.possibilities else message
    for pattern, known in _MESSAGES:
        if match := pattern.fullmatch(error.format_message()):
            return _(known).format(word=match[1])
    return error.format_message()
