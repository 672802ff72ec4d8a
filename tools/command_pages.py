"""The reference page of the command line, read from the commands themselves."""

from collections.abc import Iterator
from typing import Any

import typer

from bangfu.cli.main import app
from tools.tables import cell, table


def commands() -> Iterator[str]:
    """Describe every command with its arguments and options."""
    yield "# Commands (命令)\n\nEvery command takes `--json`. `bangfu COMMAND --help` says the same as this page.\n"
    root = typer.main.get_command(app)
    for name, command in _leaves(root, "bangfu"):
        yield f"## `{name}`\n"
        yield f"{' '.join((command.help or '').split())}\n"
        rows = [_row(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            yield table(("", "what", "without it"), rows)


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        yield name, command
        return
    for word, inner in sorted(command.commands.items()):
        if not inner.hidden:
            yield from _leaves(inner, f"{name} {word}")


def _row(parameter: Any) -> tuple[str, str, str]:
    said = getattr(parameter, "help", None) or ""
    default = "" if parameter.default in (None, False) or parameter.required else str(parameter.default)
    word = ", ".join(parameter.opts) if parameter.opts[0].startswith("-") else parameter.name.upper()
    return f"`{word}`", cell(said), default
