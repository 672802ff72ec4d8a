"""The commands of people: who works here, who may do what and where, who signs in to the pages."""

from typing import Annotated

import typer

from bangfu.cli.door import call
from bangfu.cli.options import As, Json

people = typer.Typer(help="人员 People: who may do what, where.", no_args_is_help=True, rich_markup_mode=None)


@people.command("add")
def people_add(
    name: str,
    *,
    login: Annotated[str | None, typer.Option(help="操作系统账号 Account of the operating system.")] = None,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """登记工作人员。 Add a person who works with the register."""
    call("people", as_json=as_json, act="add", person_name=name, login=login, name=as_)


@people.command("grant")
def people_grant(
    name: str,
    role: str,
    *,
    place: Annotated[
        str | None, typer.Option(help="区划代码，默认全国 Code of a place (default: the country).")
    ] = None,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """授予角色。 Give a person a role in a place and all below it."""
    call("people", as_json=as_json, act="grant", person_name=name, role=role, place=place, name=as_)


@people.command("list")
def people_list(*, as_: As = None, as_json: Json = False) -> None:
    """列出人员与授权。 List people and their live grants."""
    call("people", as_json=as_json, act="list", name=as_)


@people.command("account")
def people_account(name: str, login: str, *, as_: As = None, as_json: Json = False) -> None:
    """开通网页账号，给出首次密码（只显示一次）。 Open an account for the pages; its first password is shown once."""
    call("people", as_json=as_json, act="account", person_name=name, login=login, name=as_)
