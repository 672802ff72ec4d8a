"""`bangfu people token`, `tokens`, `revoke`: tokens with which programs call the API for a person."""

from typing import Any

from rich.console import Console
from rich.table import Table

from bangfu.access.acting import ActingPerson, acting
from bangfu.access.actions.create_token import create_token
from bangfu.access.actions.revoke_token import revoke_token
from bangfu.access.tokens import tokens_of
from bangfu.cli.words import phrase
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.access import RightUnknown, TokenNotYours
from bangfu.kernel.home import Home
from bangfu.places.queries import resolve
from bangfu.places.scope import COUNTRY, Scope


def run(*, act: str, name: str, **wanted: Any) -> dict[str, Any]:
    """Make or take back a token of the person who acts; then list theirs."""
    by = acting(name if Home.current().demo else None)
    if act == "revoke":
        revoke_token(by=by, number=wanted["number"])
    result: dict[str, Any] = {}
    if act == "create":
        result["token"] = _create(by, name, wanted)
    days = ("created_on", "expires_on", "last_used_on", "revoked_on")
    shown = [{**one, **{day: one[day] and one[day].isoformat() for day in days}} for one in tokens_of(by)]
    return {**result, "tokens": shown}


def show(result: dict[str, Any], console: Console) -> None:
    """Print the person's tokens, and a new one in full."""
    table = Table(
        phrase("编号", "Number"),
        phrase("用途", "Label"),
        phrase("范围", "Area"),
        phrase("到期", "Until"),
        phrase("最近使用", "Last used"),
        phrase("吊销", "Taken back"),
        box=None,
    )  # fmt: skip  one heading after the other
    for one in result["tokens"]:
        area = str(one["place"] or "*")
        used, back = one["last_used_on"] or "-", one["revoked_on"] or "-"
        table.add_row(str(one["id"]), one["label"], area, one["expires_on"], used, back)
    console.print(table, markup=False)
    if "token" in result:
        told = phrase("令牌（只显示这一次）：%(token)s", "Token, shown this once: %(token)s", token=result["token"])
        console.print(told, highlight=False, markup=False, soft_wrap=True)


def _create(by: ActingPerson, name: str, wanted: dict[str, Any]) -> str:
    if by.name != name:
        raise TokenNotYours(actor=by.name, person=name)
    place = resolve(Scope.everywhere(), wanted["place"]).number if wanted["place"] else COUNTRY
    unknown = set(wanted["rights"]) - set(Can)
    if unknown:
        raise RightUnknown(right=", ".join(sorted(unknown)), rights=", ".join(Can))
    rights = [Can(word) for word in wanted["rights"]]
    return create_token(by=by, label=wanted["label"], days=wanted["days"], place=place, rights=rights)[1]
