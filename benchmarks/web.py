"""The pages at the size of a city: 20 requests a second for a minute, beside a bare Django view over the same database.

Runs only when named, over a home that holds a city: BANGFU_BENCH_HOME names it (and BANGFU_DATABASE_URL its database
where that is PostgreSQL); without it a county is built first, and the table says so. Requests start at fixed times
whether or not earlier ones were answered, and each is timed from when it was due.
"""

import gzip
import http.client
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bangfu.cli.verbs.serve import PAGES, web_command, web_environment
from benchmarks.measuring import Line

ONLY_WHEN_NAMED = True
A_SECOND = 20
SECONDS = 60
GOAL_P95_S = 0.1
GOAL_RATIO = 4.0
GOAL_FIRST_KB = 300
_WARM_UP_S = 15
_WORKERS = 3
_START_S = 60
_PERSON = "李文员"
_FIRST = ("home", "place", "list", "household")
"""Kinds of pages at which somebody may come in."""


@dataclass
class Answers:
    """Seconds that the requests to one kind of page took, and how many were not answered with 200."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0

    @property
    def median(self) -> float:
        """The median in seconds."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The time within which 95 of 100 were answered, in seconds."""
        return sorted(self.seconds)[int(len(self.seconds) * 0.95)]


def main() -> list[Line]:
    """Measure the bare view, then every page."""
    with _home() as (home, what), _served(home, "benchmarks.hello_database:application") as (address, _):
        bare = _measured(address, {"hello": lambda: ("GET", "/", None)}, {})["hello"]
        lines = [Line(f"bare Django view with one row, median: {what}", bare.median, 0, 0)]
    with _home() as (home, what), _served(home, PAGES) as (address, server):
        visitor = Visitor(address)
        pages = visitor.pages()
        lines += [_first_load(visitor, name, pages[name]()[1]) for name in _FIRST]
        answers = _measured(address, pages, visitor.headers)
        peak = _peak_mb(server.pid)
    for name, one in answers.items():
        assert not one.refused, f"{name}: {one.refused} of {len(one.seconds)} were not answered with 200"
        title = f"{name}, p95 at {A_SECOND} a second: {what}"
        lines.append(Line(title, one.p95, 0, peak, goal=GOAL_P95_S, goal_is_seconds=True))
        ratio = one.median / bare.median
        lines.append(Line(f"{name}, median against the bare view", one.median, 0, peak, ratio=ratio, goal=GOAL_RATIO))
    return lines


class Visitor:
    """A county clerk of the demonstration, who knows the pages by having looked at them."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.address = address
        self.chance = random.Random(1)
        first = self._ask("GET", "/")
        self.headers = {"Cookie": _cookies(first), "Referer": f"http://{address[0]}:{address[1]}/"}
        self.token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', first.body)[0]
        chosen = self._ask("POST", "/act-as/", {"person": _PERSON})
        self.headers["Cookie"] = f"{_cookies(first)}; {_cookies(chosen)}"

    def pages(self) -> dict[str, Callable[[], tuple[str, str, str | None]]]:
        """Return for each kind of page a function that draws the next request: method, path, body."""
        towns = sorted(set(re.findall(r'href="(/places/\d+/)"', self._ask("GET", "/places/", follow=True).body)))
        villages = [
            one for town in towns[:20] for one in re.findall(r'href="(/places/\d+/)"', self._ask("GET", town).body)
        ]
        places = sorted(set(towns + villages))
        codes = [one.split("/")[2] for one in places]
        listed = self._ask("GET", "/households/").body
        households = sorted(set(re.findall(r'href="(/households/\d+/)"', listed)))
        assert places
        assert households
        draw = self.chance.choice
        names = ["王", "李", "张", "zhang", "lw", "刘"]

        def search() -> tuple[str, str, str | None]:
            return "POST", "/households/search/", urlencode({"q": draw(names), "csrfmiddlewaretoken": self.token})

        return {
            "home": lambda: ("GET", "/", None),
            "place": lambda: ("GET", draw(places), None),
            "list": lambda: ("GET", f"/households/?place={draw(codes)}", None),
            "search": search,
            "household": lambda: ("GET", draw(households), None),
            "what would change a household's result": lambda: ("GET", f"{draw(households)}changes/", None),
        }

    def _ask(self, method: str, path: str, form: dict[str, str] | None = None, *, follow: bool = False) -> "Answer":
        body = urlencode({**form, "csrfmiddlewaretoken": self.token}) if form else None
        answer = ask(self.address, method, path, body, getattr(self, "headers", {}))
        return self._ask("GET", answer.location, follow=True) if follow and answer.location else answer


@dataclass
class Answer:
    """Status, what was sent as it travelled, cookies and the address to go on to."""

    status: int
    sent: bytes
    cookies: list[str]
    location: str

    @property
    def body(self) -> str:
        """The text of a page that was sent plain."""
        return self.sent.decode("utf-8", "replace")


def ask(address: tuple[str, int], method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
    """Send one request over a connection of its own."""
    connection = http.client.HTTPConnection(*address, timeout=30)
    form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
    try:
        connection.request(method, path, body, {**headers, **form})
        answer = connection.getresponse()
        sent = answer.read()
    finally:
        connection.close()
    cookies = [one.split(";")[0] for name, one in answer.getheaders() if name.lower() == "set-cookie"]
    return Answer(answer.status, sent, cookies, answer.getheader("Location", ""))


def _first_load(visitor: Visitor, name: str, path: str) -> Line:
    """Tell how much a browser fetches, compressed, that shows a page for the first time."""
    headers = {**visitor.headers, "Accept-Encoding": "gzip"}
    began = time.perf_counter()
    page = ask(visitor.address, "GET", path, None, headers)
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page.sent).decode()))
    answers = [page, *(ask(visitor.address, "GET", part, None, headers) for part in sorted(parts))]
    assert {one.status for one in answers} == {200}, f"not everything of {name} was there"
    sizes = [len(one.sent) for one in answers]
    whole = sum(sizes) / 1024
    title = f"{name}, first load: {whole:.0f} KB in {len(sizes)} files, against {GOAL_FIRST_KB} KB"
    return Line(title, time.perf_counter() - began, 0, 0, ratio=whole / GOAL_FIRST_KB, goal=1.0)


def _cookies(answer: Answer) -> str:
    return "; ".join(answer.cookies)


def _measured(
    address: tuple[str, int], pages: dict[str, Callable[[], tuple[str, str, str | None]]], headers: dict[str, str]
) -> dict[str, Answers]:
    """Send A_SECOND requests a second for SECONDS, the kinds in turn, as a browser with script does.

    Those of the first _WARM_UP_S do not count: in them every process reads for the first time what it then keeps.
    """
    found = {name: Answers() for name in pages}
    kinds = list(pages)

    def one(name: str, due: float, *, counts: bool) -> None:
        method, path, body = pages[name]()
        time.sleep(max(0.0, due - time.perf_counter()))
        answer = ask(address, method, path, body, headers | ({"HX-Request": "true"} if body else {}))
        if answer.location:
            answer = ask(address, "GET", answer.location, None, headers)
        if counts:
            found[name].seconds.append(time.perf_counter() - due)
            found[name].refused += answer.status != 200

    began, cold = time.perf_counter(), A_SECOND * _WARM_UP_S
    with ThreadPoolExecutor(64) as pool:
        for turn in range(cold + A_SECOND * SECONDS):
            pool.submit(one, kinds[turn % len(kinds)], began + turn / A_SECOND, counts=turn >= cold)
    return found


@contextmanager
def _home() -> Iterator[tuple[Path, str]]:
    """Give the home that was named, or a county built for the occasion."""
    named = os.environ.get("BANGFU_BENCH_HOME")
    database = "PostgreSQL" if os.environ.get("BANGFU_DATABASE_URL") else "SQLite"
    if named:
        yield Path(named), f"the home named, {database}"
        return
    with tempfile.TemporaryDirectory(prefix="bangfu-benchmark-") as folder:
        settings = {**os.environ, "BANGFU_HOME": folder}
        subprocess.run(["bangfu", "demo", "--json"], env=settings, check=True, stdout=subprocess.DEVNULL)
        yield Path(folder), f"a county, {database}"


@contextmanager
def _served(home: Path, application: str) -> Iterator[tuple[tuple[str, int], subprocess.Popen[bytes]]]:
    """Serve an application with gunicorn as `bangfu serve` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {**web_environment(), "BANGFU_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bangfu.site.settings"}
    gather = "import django; django.setup(); from django.core.management import call_command as c; "
    gather += "c('migrate', verbosity=0); c('collectstatic', verbosity=0, interactive=False)"
    subprocess.run([sys.executable, "-c", gather], env=settings, check=True)
    server = subprocess.Popen(web_command("127.0.0.1", port, _WORKERS, application), env=settings)
    address = ("127.0.0.1", port)
    try:
        _wait_for(address)
        yield address, server
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: tuple[str, int]) -> None:
    until = time.monotonic() + _START_S
    while True:
        try:
            ask(address, "GET", "/", None, {})
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _peak_mb(process: int) -> float:
    """Return the most memory that the server's workers held together."""
    total = 0.0
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    for child in [str(process), *children]:
        status = Path(f"/proc/{child}/status").read_text()
        total += int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024
    return total
