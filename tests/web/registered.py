"""What the tests know of the demonstration's households without asking the pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """A household as the register's own tables have it, its sealed numbers opened."""

    household: int
    number: str
    village: int
    head: str
    members: tuple[int, ...]
    secrets: frozenset[str]


def known_households():
    """Return every household of the demonstration."""
    import polars as pl

    from bangfu.kernel.home import Home
    from bangfu.places.scope import Scope
    from bangfu.registry import queries
    from bangfu.registry.masking import opened
    from bangfu.registry.queries import AsOf
    from bangfu.registry.topics import topics

    scope, keys, now = Scope.everywhere(), Home.current().keys, AsOf()
    homes = queries.facts_at(scope, topics()["residence"], now)
    members = queries.facts_at(scope, topics()["membership"], now).filter(pl.col("household_id").is_not_null())
    people = {row["person_id"]: row for row in queries.facts_at(scope, topics()["identity"], now).to_dicts()}
    contacts = {row["household_id"]: row for row in queries.facts_at(scope, topics()["contact"], now).to_dicts()}
    numbers = dict(queries.household_numbers(homes["household_id"].to_list()).iter_rows())
    found = []
    for household, village in homes.select("household_id", "village").iter_rows():
        mine = members.filter(pl.col("household_id") == household)
        head = mine.filter(pl.col("relation") == 1)["person_id"].to_list()
        told = {opened(name, one, people[one], keys) for one in mine["person_id"] for name in ("id_no", "phone")}
        contact = contacts.get(household, {})
        told |= {opened(name, household, contact, keys) for name in ("household_phone", "account")}
        name = people[head[0]]["name"] if head else ""
        persons = tuple(mine["person_id"].to_list())
        found.append(Known(household, numbers[household], village, name, persons, frozenset(told - {None})))
    return found


def village_of(name):
    """Return the village of a person's post."""
    from bangfu.access.models import Grant

    return Grant.objects.get(person__name=name, role="village_clerk").place
