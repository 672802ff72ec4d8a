"""The door itself: opens the home, calls a command's module, prints results and errors in the user's language."""

import json
import sys
from importlib import import_module
from typing import Any, Final, NoReturn

import typer

_FAILED: Final = 1


def call(verb: str, *, as_json: bool, home: bool = True, **arguments: Any) -> None:
    """Call a command's module and print what it returns.

    verb     name of the module in `verbs`; its run(**arguments) returns a dict, its show(result, console)
             prints it for people; `ok: False` in the result sets the exit status to 1
    as_json  print the result as JSON on one line instead
    home     open the home and its database first
    """
    from bangfu.cli.opening import open_home, refused
    from bangfu.kernel.errors import BangfuError

    try:
        with refused():
            if home:
                open_home()
            module = import_module(f"bangfu.cli.verbs.{verb}")
            result: dict[str, Any] = module.run(**arguments)
    except BangfuError as error:
        _fail(error, as_json=as_json)
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    else:
        from rich.console import Console

        module.show(result, Console())
    if result.get("ok") is False:
        raise typer.Exit(_FAILED)


def _fail(error: Any, *, as_json: bool) -> NoReturn:
    from bangfu.kernel.translation import say

    sentence = say(error)
    if as_json:
        sys.stdout.write(json.dumps({"error": {"code": error.code, "message": sentence}}, ensure_ascii=False) + "\n")
    sys.stderr.write(f"{sentence}\n")
    raise typer.Exit(_FAILED)
