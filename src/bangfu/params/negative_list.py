"""Negative lists: local grounds on which a household is looked at again (负面清单). A hit is a doubt, not a verdict."""

from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import NameTwice
from bangfu.kernel.texts import Text
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.yaml_file import Table

ACTIONS: Final = frozenset({"block", "review"})


@dataclass(frozen=True, slots=True)
class NegativeGround:
    """One ground of a negative list.

    name    its key
    action  block: the local rule shuts the household out once the county has checked and agreed;
            review: the household is examined with special care
    title   its wording
    checked_with  the departments' lists that can show it (公安车辆, 不动产, 工商, 财政供养, ...)
    """

    name: str
    action: str
    title: Text
    checked_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NegativeList:
    """One local negative list with its grounds in order."""

    name: str
    title: Text
    source: Source
    grounds: tuple[NegativeGround, ...]


def read_negative_list(name: str, table: Table, sources: Sources) -> NegativeList:
    """Return one negative list; raises NameTwice for a ground that stands twice."""
    table.allow(frozenset({"title", "source", "grounds"}))
    grounds: dict[str, NegativeGround] = {}
    for ground in table["grounds"].tables():
        ground.allow(frozenset({"name", "action", "zh", "en", "checked_with"}))
        key = ground["name"].text()
        if key in grounds:
            spot = ground["name"].spot
            raise NameTwice(file=spot.file, line=spot.line, kind="the ground", name=key, other=f"the list {name}")
        action = ground["action"].choice(ACTIONS)
        grounds[key] = NegativeGround(key, action, ground.both(), ground.texts_or_none("checked_with"))
    return NegativeList(name, table["title"].both(), source_of(table, sources), tuple(grounds.values()))
