"""`bangfu people`: add, grant, account, close, password, list."""

from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from bangfu.access.acting import ActingPerson
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.close_account import close_account
from bangfu.access.actions.grant_role import grant_role
from bangfu.access.actions.open_account import open_account
from bangfu.access.actions.reset_password import reset_password
from bangfu.access.queries import people_with_grants, person_named
from bangfu.cli.people import person
from bangfu.cli.words import phrase
from bangfu.kernel.days import SHANGHAI
from bangfu.places.queries import resolve
from bangfu.places.scope import COUNTRY, Scope


def run(*, act: str, name: str | None, **wanted: Any) -> dict[str, Any]:
    """Do what the subcommand asks for; then list people with their live grants."""
    by = person(name, "security")
    today = datetime.now(tz=SHANGHAI).date()
    if act == "add":
        add_person(by=by, name=wanted["person_name"], os_login=wanted["login"])
    elif act == "grant":
        _grant(by, wanted)
    elif act == "close":
        close_account(by=by, login=wanted["login"])
    result: dict[str, Any] = {"people": people_with_grants(by, today)}
    if act == "account":
        person_to_serve = person_named(wanted["person_name"])
        result["first_password"] = open_account(by=by, person=person_to_serve, login=wanted["login"])
    elif act == "password":
        again = wanted["second_factor"]
        result["first_password"] = reset_password(by=by, login=wanted["login"], second_factor=again)
    for grant in (grant for one in result["people"] for grant in one["grants"]):
        grant.update({name: str(grant[name] or "") or None for name in ("from_on", "to_on")})
    return result


def show(result: dict[str, Any], console: Console) -> None:
    """Print people and their grants."""
    table = Table(phrase("姓名", "Name"), phrase("账号", "Account"), phrase("角色", "Roles"), box=None)
    for one in result["people"]:
        grants = ", ".join(f"{grant['role']} {grant['place'] or '*'}" for grant in one["grants"] if grant["live"])
        table.add_row(one["name"], one["login"] or "-", grants)
    console.print(table)
    if "first_password" in result:
        console.print(
            phrase(
                "首次密码（只显示这一次，请当面交给本人，登录后须修改）：%(password)s",
                "First password, shown this once; hand it over in person, it must be changed at sign-in: %(password)s",
                password=result["first_password"],
            ),
            highlight=False,
        )


def _grant(by: ActingPerson, wanted: dict[str, Any]) -> None:
    place = resolve(Scope.everywhere(), wanted["place"]).number if wanted["place"] else COUNTRY
    on = datetime.now(tz=SHANGHAI).date()
    grant_role(by=by, person=person_named(wanted["person_name"]), role=wanted["role"], place=place, from_on=on)
