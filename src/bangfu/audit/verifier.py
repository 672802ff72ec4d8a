"""Verify the audit chain of a register (审计链核验): one file, to be run on the auditor's own machine.

    python verifier.py REGISTER --key KEYFILE [--expect-head COUNTY:SEQ:HASH]...

REGISTER is a SQLite file, or a postgresql:// address if psycopg is installed. Exit status 0 says: each
county's events run 1, 2, 3 ...; each hash is SHA256(0x02 | hash before | SHA256(0x00 | event)) and bears the
seal of the key; each row belongs to an event, and the rows in the tables are those that the events committed
to, as Merkle roots (RFC 6962) over keyed digests. It cannot show that the newest events were cut off together
with their rows and the recorded head, or that an older copy was put back: a head that was printed does.
"""

import argparse
import hashlib
import hmac
import json
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

GENESIS = "0" * 64
SEALED = ("action", "actor_id", "actor_name", "at", "body", "county", "seq", "subject")
_EVENT = (*SEALED, "prev_hash", "hash", "seal", "id")


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no spaces: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(prev_hash: str, event: Mapping[str, Any]) -> str:
    """Return the hash, in hex, of an event (the values of SEALED by name) that follows `prev_hash`."""
    text = canonical_json({name: event[name] for name in SEALED}).encode("utf-8", "surrogateescape")
    return hashlib.sha256(b"\x02" + bytes.fromhex(prev_hash) + hashlib.sha256(b"\x00" + text).digest()).hexdigest()


def seal(commit_key: bytes, event_hash: str) -> str:
    """Return the keyed digest of an event's hash, in hex: who lacks the key cannot continue the chain."""
    return hashlib.blake2b(event_hash.encode(), key=commit_key, digest_size=32, person=b"bangfu event").hexdigest()


def instant(moment: datetime) -> str:
    """Return a moment as the chain writes it: UTC with microseconds."""
    return (moment.astimezone(UTC) if moment.tzinfo else moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


_WRITERS: dict[type, Any] = {
    type(None): lambda _: "\\N",
    bool: lambda value: "1" if value else "0",
    int: int.__repr__,
    str: lambda text: text.replace("\\", "\\\\").replace("\t", "\\t"),
    date: str,
    datetime: lambda value: str(value.astimezone(UTC).replace(tzinfo=None)),
    bytes: lambda value: "\\x" + value.hex(),
}
_STRANGER = "\\?{!r}".format


def canonical_row(values: Iterable[object]) -> bytes:
    r"""Return the bytes of one row, the same on every database: values joined by tabs.

    null is \N, truth 1 or 0, days ISO, bytes \x and hex, backslash and tab escaped; any other type is marked \?.
    """
    texts = [_WRITERS.get(type(value), _STRANGER)(value) for value in values]
    return "\t".join(texts).encode("utf-8", "surrogateescape")


def merkle_root(leaves: Iterable[bytes]) -> str:
    """Return the RFC 6962 tree hash of the leaves, in hex; of none, the SHA-256 of nothing."""
    sha256 = hashlib.sha256
    nodes = [sha256(b"\x00" + leaf).digest() for leaf in leaves]
    while len(nodes) > 1:
        pairs = zip(nodes[::2], nodes[1::2], strict=False)
        nodes = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + nodes[len(nodes) & ~1 :]
    return (nodes[0] if nodes else sha256(b"").digest()).hex()


class Fault(NamedTuple):
    """What does not hold, at which event of which county; county -1 where no event is known."""

    county: int
    seq: int
    what: str


@dataclass
class Report:
    """What was verified, the last event of each chain, and the faults by county and event."""

    events: int = 0
    rows: int = 0
    unwitnessed: int = 0  # events after the expected heads, which could be cut off unseen
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class _Promise:
    """What one event says about its rows in one table; `left` holds key and digest of rows changed later."""

    place: tuple[int, int]
    form: tuple[str, ...]  # the key column, then the committed columns
    rows: int
    root: str
    left: list[tuple[int, bytes]] = field(default_factory=list)


class _Register:
    """A register opened for reading, in one view that does not change."""

    def __init__(self, target: str) -> None:
        self._postgresql = target.startswith(("postgresql://", "postgres://"))
        self.errors: tuple[type[Exception], ...] = (sqlite3.Error, ValueError, TypeError)
        if self._postgresql:
            import psycopg  # noqa: PLC0415  needed for PostgreSQL only

            self.errors = (psycopg.Error, ValueError, TypeError)
            try:
                self.connection: Any = psycopg.connect(target)
            except psycopg.Error as error:
                raise OSError(str(error)) from None
            self.connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self.connection.read_only = True
        else:
            address = Path(target).absolute().as_uri() + "?mode=ro"
            self.connection = sqlite3.connect(address, uri=True, isolation_level=None)
            self.connection.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
            self.connection.execute("BEGIN")

    def rows(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Run a query and yield its rows as they come."""
        with closing(self.connection.cursor("bangfu") if self._postgresql else self.connection.cursor()) as cursor:
            cursor.execute(sql)
            while some := cursor.fetchmany(10_000):
                yield from some

    def tables(self) -> list[str]:
        """Return the tables whose every row must name an event."""
        sql = 'SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE c."notnull" AND c.name'
        if self._postgresql:
            sql = "SELECT relname FROM pg_class c JOIN pg_attribute ON attrelid = c.oid"
            sql += " WHERE relkind IN ('r', 'p') AND pg_table_is_visible(c.oid) AND attnotnull AND attname"
        return [name for (name,) in self.rows(sql + " = 'event_id'")]


def _quoted(*names: str) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


class _Verification:
    """One verification: first the chains, then the rows that they promise."""

    def __init__(self, register: _Register, commit_key: bytes, expected: Sequence[tuple[int, int, str]]) -> None:
        self.register, self.commit_key, self.expected = register, commit_key, expected
        self.report = Report()
        self.hashes: dict[tuple[int, int], str] = {}
        self.events: dict[int, tuple[int, int]] = {}
        self.promises: dict[str, dict[int, _Promise]] = {}
        self.replaced: list[tuple[int, int, str, list[Any]]] = []

    def fault(self, county: int, seq: int, what: str) -> None:
        self.report.faults.append(Fault(county, seq, what))

    def chains(self) -> None:
        """Check each county's events from the first to the last, its recorded head and the expected ones."""
        sql = f"SELECT {_quoted(*_EVENT)} FROM audit_event ORDER BY county, seq, id"  # noqa: S608  fixed names
        events = (dict(zip(_EVENT, row, strict=True)) for row in self.register.rows(sql))
        for county, chain in groupby(events, itemgetter("county")):
            self.report.heads[county] = self._chain(county, chain)
        self.report.events = len(self.hashes)
        heads = {row[0]: row[1:] for row in self.register.rows("SELECT county, seq, hash FROM audit_head")}
        for county in sorted(heads.keys() | self.report.heads.keys()):
            last = self.report.heads.get(county, (0, GENESIS))
            if heads.get(county) != last:
                self.fault(county, last[0] + 1, "is missing at the end of the chain, or the recorded head was altered")
        for county, seq, printed in self.expected:
            if not self.hashes.get((county, seq), "").startswith(printed):
                self.fault(county, seq, "is not the event whose hash was printed: the chain was cut off or replaced")
        witnessed = {county: seq for county, seq, _ in sorted(self.expected)}
        self.report.unwitnessed = sum(seq > witnessed.get(county, 0) for county, seq in self.hashes)

    def _chain(self, county: int, chain: Iterable[dict[str, Any]]) -> tuple[int, str]:
        seq, prev_hash = 0, GENESIS
        for event in chain:
            if event["seq"] != seq + 1:
                self.fault(county, min(seq + 1, event["seq"]), f"is missing or doubled: {event['seq']} follows {seq}")
            seq = event["seq"]
            if event["prev_hash"] != prev_hash:
                self.fault(county, seq, "does not follow the event before it")
            self._event(county, seq, event)
            prev_hash = event["hash"]
            self.hashes[county, seq] = prev_hash
        return seq, prev_hash

    def _event(self, county: int, seq: int, event: dict[str, Any]) -> None:
        self.events[event["id"]] = (county, seq)
        try:
            at = event["at"]
            event["at"] = instant(at if isinstance(at, datetime) else datetime.fromisoformat(at))
            if event["hash"] != link(event["prev_hash"], event):
                self.fault(county, seq, "was altered: its hash does not follow from what it says")
            elif event["seal"] != seal(self.commit_key, event["hash"]):
                self.fault(county, seq, "bears no seal of this key: another hand wrote it")
            body = json.loads(event["body"])
            for table, said in body.get("tables", {}).items():
                promise = _Promise((county, seq), (said["key"], *said["columns"]), said["rows"], said["root"])
                self.promises.setdefault(table, {})[event["id"]] = promise
            self.replaced += [(county, seq, table, rows) for table, rows in body.get("replaced", {}).items()]
        except (ValueError, TypeError, AttributeError, KeyError):
            self.fault(county, seq, "cannot be read")

    def rows(self) -> None:
        """Check that the tables hold exactly the promised rows."""
        for county, seq, table, rows in self.replaced:
            for event_id, key, digest in rows:
                if promise := self.promises.get(table, {}).get(event_id):
                    promise.left.append((key, bytes.fromhex(digest)))
                else:
                    self.fault(county, seq, f"replaces a row of {table} that no event wrote")
        for table in sorted({*self.register.tables(), *self.promises}):
            try:
                self._table(table, promises := self.promises.get(table, {}))
            except self.register.errors as error:
                place = min((promise.place for promise in promises.values()), default=(-1, 0))
                self.fault(*place, f"wrote to {table}, which cannot be read ({type(error).__name__})")
                self.register.connection.rollback()

    def _table(self, table: str, promises: dict[int, _Promise]) -> None:
        counted = f"SELECT event_id, COUNT(*) FROM {_quoted(table)} GROUP BY event_id"  # noqa: S608  quoted
        for event_id, count in list(self.register.rows(counted)):
            if event_id not in promises:
                self.fault(*self.events.get(event_id, (-1, 0)), f"knows nothing of {count} rows of {table}")
        for form in sorted({promise.form for promise in promises.values()}):
            own = {number: promise for number, promise in promises.items() if promise.form == form}
            names, key = _quoted("event_id", *form), _quoted(form[0])
            sql = f"SELECT {names} FROM {_quoted(table)} ORDER BY event_id, {key}"  # noqa: S608  quoted
            for event_id, rows in groupby(self.register.rows(sql), itemgetter(0)):
                if promise := own.pop(event_id, None):
                    self._kept(table, promise, rows)
            for promise in own.values():
                self._kept(table, promise, ())

    def _kept(self, table: str, promise: _Promise, rows: Iterable[tuple[Any, ...]]) -> None:
        digest = partial(hashlib.blake2b, key=self.commit_key, digest_size=32)
        digests = [(row[1], digest(canonical_row(row[2:])).digest()) for row in rows]
        self.report.rows += len(digests)
        digests = sorted([*digests, *promise.left]) if promise.left else digests
        if merkle_root(map(itemgetter(1), digests)) != promise.root:
            self.fault(*promise.place, f"wrote {promise.rows} rows of {table}, not the {len(digests)} that are there")


def verify(register: str, key_file: Path, expected: Sequence[str] = ()) -> Report:
    """Verify a register (SQLite file or postgresql:// address) with the root key of its installation.

    expected  heads that were printed, COUNTY:SEQ:HASH; the first 16 digits of the hash are enough
    Raises    ValueError or OSError for key file and heads, the database's own error when it does not open
    """
    root = bytes.fromhex(key_file.read_text(encoding="ascii").strip())
    heads = [(int(county), int(seq), digits.ljust(16, "?")) for county, seq, digits in (h.split(":") for h in expected)]
    opened = _Register(register)
    verification = _Verification(opened, hmac.digest(root, b"bangfu/1/commit", "sha256"), heads)
    with closing(opened.connection):
        try:
            verification.chains()
            verification.rows()
        except opened.errors as error:
            verification.fault(-1, 0, f"the chain cannot be read ({type(error).__name__})")
    verification.report.faults.sort()
    return verification.report


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify the register that the command line names, print the report, return the exit status."""
    parser = argparse.ArgumentParser(description="Verify the audit chain of a bangfu register.")
    parser.add_argument("register", help="SQLite file or postgresql:// address")
    parser.add_argument("--key", type=Path, required=True, help="file with the root key")
    parser.add_argument("--expect-head", action="append", default=[], metavar="COUNTY:SEQ:HASH", help="printed head")
    asked = parser.parse_args(arguments)
    try:
        report = verify(asked.register, asked.key, asked.expect_head)
    except (OSError, ValueError, sqlite3.Error) as error:
        sys.stderr.write(f"Nothing was verified: {error}\n")
        return 2
    counts = (
        f"{len(report.heads)} chains, {report.events} events ({report.unwitnessed} unwitnessed), {report.rows} rows"
    )
    lines = [f"county {fault.county} event {fault.seq} {fault.what}" for fault in report.faults]
    sys.stdout.write("\n".join([*lines, f"{counts}, {len(report.faults)} faults", ""]))
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
