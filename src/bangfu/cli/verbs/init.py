"""`bangfu init`: make the home."""

from datetime import datetime
from os import getuid
from pwd import getpwuid
from typing import Any

from rich.console import Console

from bangfu.cli.opening import start
from bangfu.kernel.days import SHANGHAI
from bangfu.kernel.home import Home
from bangfu.kernel.texts import Text

MADE = Text(zh="数据目录已就绪：%(home)s（%(kind)s）", en="The home is ready: %(home)s (%(kind)s)")
KINDS = {True: Text(zh="演示环境", en="demonstration"), False: Text(zh="正式环境", en="office")}


def run(*, office: bool, name: str | None) -> dict[str, Any]:
    """Prepare the home; an office home gets the acting system account as its first person."""
    home = Home.current().prepare(demo=not office)
    start(home)
    if office:
        from bangfu.access.actions.found_office import found_office

        login = getpwuid(getuid()).pw_name
        found_office(name=name or login, os_login=login, on=datetime.now(tz=SHANGHAI).date())
    return {"home": str(home.path), "demo": home.demo}


def show(result: dict[str, Any], console: Console) -> None:
    """Print where the home is and of which kind."""
    from bangfu.kernel.translation import chosen_language

    language = chosen_language()
    kind = KINDS[result["demo"]].say(language)
    console.print(MADE.fill({"home": result["home"], "kind": kind}).say(language), highlight=False)
