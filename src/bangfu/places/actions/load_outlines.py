"""Load the outlines of places for their maps."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from bangfu.audit.actions import Entry, append_events, lock_chain
from bangfu.audit.commitments import canonical_row, promise, replaced_rows
from bangfu.kernel.actors import Actor, Can, require
from bangfu.kernel.home import Home
from bangfu.places import stored
from bangfu.places.drawing import Drawn, OutlineRefusal, drawn_in
from bangfu.places.models import Outline
from bangfu.places.scope import COUNTRY

COLUMNS: Final = ("place_id", "geometry", "west", "south", "east", "north")
_AT_ONCE: Final = 500

Row = tuple[Any, ...]


def load_outlines(*, by: Actor, path: Path) -> dict[str, Any]:
    """Load outlines from a GeoJSON file (登记区划轮廓); the same file again changes nothing.

    Each feature is a Polygon or MultiPolygon in degrees whose property `code` names a place of the tree.
    Features that cannot stand are refused, each with its reason; the others are loaded in one transaction,
    with one event on the chain of each county.

    path     a FeatureCollection in UTF-8
    Returns  features = accepted + rejected, of the accepted ones added, changed and unchanged (counts), and
             errors: row, place, code, severity, message_zh, message_en
    Raises   NotPermitted when every place of the file lies outside the actor's area; OutlineFileUnreadable
    """
    drawn = drawn_in(Path(path))
    with transaction.atomic():
        lock_chain(COUNTRY)
        known = stored.by_code(list(dict.fromkeys(one.code for one in drawn)))
        chains = dict(known.select("number", "county").rows())
        standing, errors = _sorted_out(drawn, dict(known.select("code", "number").rows()), by)
        before = _held(list(standing))
        rows = [(number, one.geometry, *one.box) for number, one in sorted(standing.items())]
        changed = [row for row in rows if row[0] in before and before[row[0]][1] != row]
        added = [row for row in rows if row[0] not in before]
        _write(sorted([*added, *changed]), {row[0]: before[row[0]] for row in changed}, chains, by)
    return {
        "features": len(drawn),
        "accepted": len(rows),
        "rejected": len(errors),
        "added": len(added),
        "changed": len(changed),
        "unchanged": len(rows) - len(added) - len(changed),
        "errors": sorted(errors, key=lambda error: int(str(error["row"]))),
    }


def _sorted_out(
    drawn: Sequence[Drawn], numbers: dict[str, int], by: Actor
) -> tuple[dict[int, Drawn], list[dict[str, object]]]:
    """Return the features that stand by the number of their place, and the refusals of the others."""
    standing: dict[int, Drawn] = {}
    errors = []
    everywhere = by.may(Can.LOAD_PLACES, COUNTRY)
    inside = {number for number in numbers.values() if everywhere or by.may(Can.LOAD_PLACES, number)}
    if not everywhere and not inside:
        require(by, Can.LOAD_PLACES, COUNTRY)
    for one in drawn:
        refusal = one.refusal or _refusal(numbers.get(one.code), standing, inside)
        if refusal is None:
            standing[numbers[one.code]] = one
        else:
            errors.append(one.told(refusal))
    return standing, errors


def _refusal(number: int | None, standing: Iterable[int], inside: Iterable[int]) -> OutlineRefusal | None:
    if number is None:
        return OutlineRefusal.CODE_UNKNOWN
    if number not in inside:
        return OutlineRefusal.OUTSIDE
    return OutlineRefusal.CODE_TWICE if number in standing else None


def _held(numbers: Sequence[int]) -> dict[int, tuple[int, Row]]:
    """Return of each place that has an outline the number of its event and the outline as it was committed to."""
    held: dict[int, tuple[int, Row]] = {}
    for start in range(0, len(numbers), _AT_ONCE):
        some = Outline.objects.filter(pk__in=numbers[start : start + _AT_ONCE])
        held |= {row[1]: (row[0], tuple(row[1:])) for row in some.values_list("event_id", *COLUMNS)}
    return held


def _write(rows: Sequence[Row], before: dict[int, tuple[int, Row]], chains: dict[int, int], by: Actor) -> None:
    """Write new and changed outlines: one event on each chain, then the rows that it commits to."""
    if not rows:
        return
    ordered = sorted(rows, key=lambda row: (chains[row[0]], row[0]))
    parts = [(chain, list(some)) for chain, some in groupby(ordered, key=lambda row: chains[row[0]])]
    events = append_events(by=by, action="places.outline", entries=list(_entries(parts, before)))
    written = [
        Outline(**dict(zip(COLUMNS, row, strict=True)), event=event)
        for event, (_, some) in zip(events, parts, strict=True)
        for row in some
    ]
    Outline.objects.bulk_create([one for one in written if one.pk not in before], batch_size=_AT_ONCE)
    altered = [one for one in written if one.pk in before]
    Outline.objects.bulk_update(altered, [*COLUMNS[1:], "event"], batch_size=_AT_ONCE)


def _entries(parts: Sequence[tuple[int, list[Row]]], before: dict[int, tuple[int, Row]]) -> Iterator[Entry]:
    keys, table = Home.current().keys, Outline._meta.db_table
    for chain, rows in parts:
        canonical = [canonical_row(row) for row in rows]
        body: dict[str, Any] = {"tables": {table: promise(keys, COLUMNS, canonical, key="place_id")}}
        former = [(number, *before[number]) for number, *_ in rows if number in before]
        if former:
            events, numbers = [event for _, event, _ in former], [number for number, *_ in former]
            was = [canonical_row(row) for *_, row in former]
            body["replaced"] = {table: replaced_rows(keys, events, numbers, was)}
        yield Entry(chain, f"outlines {len(rows)}", body)
