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


@people.command("close")
def people_close(login: str, *, as_: As = None, as_json: Json = False) -> None:
    """注销账号，其会话和令牌立即失效。 Close an account; its sessions and tokens end at once."""
    call("people", as_json=as_json, act="close", login=login, name=as_)


@people.command("password")
def people_password(
    login: str,
    *,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="同时清除双因素 Drop the second factor too (device lost).")
    ] = False,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """重置密码，给出新的首次密码（只显示一次）。 Give an account a new first password, shown once."""
    call("people", as_json=as_json, act="password", login=login, second_factor=second_factor, name=as_)


@people.command("token")
def people_token(
    name: str,
    *,
    label: Annotated[str, typer.Option(help="用途 What the token is for.")],
    place: Annotated[str | None, typer.Option(help="只在此区划内有效 Works in this place only.")] = None,
    right: Annotated[list[str] | None, typer.Option(help="只含此项权限，可重复 Carries this right only.")] = None,
    days: Annotated[int, typer.Option(help="有效天数，最多365 Days it works, at most 365.")] = 90,
    as_json: Json = False,
) -> None:
    """为本人建立接口令牌（只显示一次）。 Make yourself a token for the API; it is shown once."""
    rights = right or []
    call("tokens", as_json=as_json, act="create", name=name, label=label, place=place, rights=rights, days=days)


@people.command("tokens")
def people_tokens(name: str, *, as_json: Json = False) -> None:
    """列出本人的接口令牌。 List your tokens."""
    call("tokens", as_json=as_json, act="list", name=name)


@people.command("revoke")
def people_revoke(name: str, number: int, *, as_json: Json = False) -> None:
    """吊销接口令牌，立即失效。 Take a token back; it stops at once."""
    call("tokens", as_json=as_json, act="revoke", name=name, number=number)
