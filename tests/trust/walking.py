"""Calls every address as every person and keeps what came back."""

import hashlib
import html
import io
import json
import logging
import zipfile
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.urls import reverse

from bangfu.access.models import Account
from bangfu.site.log_lines import LineFormatter
from tests.trust import oracle
from tests.trust.addresses import ADDRESSES


@dataclass(frozen=True)
class Cell:
    """One call: who, which address, where the thing lies, and what came back."""

    person: Any
    name: str
    address: Any
    position: str
    status: int
    text: str

    def __str__(self):
        return f"{self.person} {self.address.method} {self.name} [{self.position}]: {self.status}"


class Walk:
    """A walk through the matrix."""

    def __init__(self, world, addresses=None, people=None):
        self.world = world
        self.addresses = ADDRESSES if addresses is None else addresses
        self.people = [one for one in world.people if people is None or people(one)]
        self.clients = {one: signed_in(world, one) for one in self.people}
        self.stranger = stranger()
        self.cells = []
        self.lines = []

    def go(self):
        """Make the calls that must be refused, then the others; return the cells."""
        with Listening(self.lines):
            self.before = digest_of_database()
            self._call(refused=True)
            self.after_refusals = digest_of_database()
            self._call(refused=False)
        return self.cells

    def wrong(self):
        """The cells whose status is not the oracle's."""
        found = []
        for cell in self.cells:
            wanted = oracle.status(cell.person, cell.address, cell.position)
            if (cell.status >= 500) if wanted is None else (cell.status != wanted):
                found.append(f"{cell}, not {wanted}")
        return found

    def leaks(self):
        """The canaries that came back, or stand in a log line, though the oracle does not grant them."""
        lines = "\n".join(self.lines)
        found = [f"log: {canary.kind}" for canary in self.world.canaries if canary.text in lines]
        return found + [
            f"{cell}: {canary.kind} of {canary.where}"
            for cell in self.cells
            for canary in self.world.canaries
            if canary.text in cell.text and not oracle.granted(cell.person, cell.address, canary)
        ]

    def _call(self, *, refused):
        for person in self.people:
            client = self.clients[person]
            for name, address, position in self._wanted(person):
                wanted = oracle.status(person, address, position)
                if (wanted is not None and wanted >= 400) is refused:
                    self.cells.append(self._cell(client, person, name, address, position))

    def _wanted(self, person):
        for name, called in self.addresses.items():
            for address in called:
                for position in address.things:
                    if person.time in {oracle.LIVE, oracle.NOBODY} or _tells(address, position):
                        yield name, address, position

    def _cell(self, client, person, name, address, position):
        thing = self.world.things[position]
        token = self.world.people[person][1] if address.bearer else None
        extra = {"headers": {"authorization": f"Bearer {token}"}} if token else {}
        sent = {"data": address.body} if address.method == "POST" else {}
        if isinstance(address.body, bytes):
            sent["content_type"] = "application/json"
        caller = self.stranger if address.bearer else client
        call = caller.post if address.method == "POST" else caller.get
        answer = call(_url(name, address, thing), **sent, **extra)
        return Cell(person, name, address, position, answer.status_code, said(answer))


def _tells(address, position):
    """Whether a grant that is not live could show here: what it would open if it were."""
    return address.about in oracle.RIGHTS and position in {"", "run", *oracle.INSIDE} - {"inside"}


class Listening(logging.Handler):
    """Keeps every line as the log would carry it."""

    def __init__(self, lines):
        super().__init__()
        self.lines = lines
        self.setFormatter(LineFormatter())

    def emit(self, record):
        self.lines.append(self.format(record))

    def __enter__(self):
        self.others = logging.root.handlers[:]
        logging.root.handlers[:] = [self]

    def __exit__(self, *_):
        logging.root.handlers[:] = self.others


def stranger():
    """Return a client of nobody."""
    return Client(headers={"host": "localhost"}, raise_request_exception=False)


def signed_in(world, person):
    """Return a client of the person, past both factors."""
    client = stranger()
    account = world.people[person][0]
    if account is not None:
        client.force_login(Account.objects.get(pk=account), "allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["second_factor"] = True
        session.save()
    return client


def _url(name, address, thing):
    values = dict(address.more)
    if address.path:
        values[address.path] = thing
    url = reverse(name, kwargs=values)
    return f"{url}?{address.query}={quote(str(thing))}" if address.query else url


def said(answer):
    """Everything an answer says, plainly: headers, and the body with its escapes and its archive undone."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    cookies = "\n".join(morsel.OutputString() for morsel in answer.cookies.values())
    return "\n".join([head, cookies, *_plain(raw, answer.headers.get("Content-Type", ""))])


def _plain(raw, kind):
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(raw)) as box:
            return [text for one in box.infolist() for text in _plain(box.read(one), "")]
    text = raw.decode(errors="replace")
    if "json" in kind:
        return [json.dumps(json.loads(text), ensure_ascii=False)]
    return [html.unescape(text)]


def digest_of_database():
    """A digest of every table but those of sessions and of tries at the public doors."""
    found = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            if table not in {"django_session", "access_attempt"}:
                cursor.execute(f'SELECT * FROM "{table}"')
                found.update(repr(sorted(map(repr, cursor.fetchall()))).encode())
    return found.hexdigest()
