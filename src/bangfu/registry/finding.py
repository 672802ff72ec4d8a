"""Finding a household by what a person calls it (查找): a name, its pinyin or initials, a number.

The words travel as parameters of the query and are written nowhere: no log, no address, no audit body.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import polars as pl
from django.db import connection

from bangfu.kernel.bulk import in_list, read_frame
from bangfu.kernel.ids import tidied
from bangfu.kernel.secrets import Keys

MOST_FOUND: Final = 500
"""How many persons of one name are found in an area of several counties; who has more must say more."""
LONGEST: Final = 60
"""Characters of a search that count."""
_SPELLED: Final = re.compile(r"[a-z ]+")
_ID_NUMBER: Final = re.compile(r"[0-9]{15}|[0-9]{17}[0-9X]")
_LAST: Final = "\U0010ffff"
_MATCHES: Final = {"name": "i.name", "spelled": "REPLACE(i.pinyin, ' ', '')", "initials": "i.initials"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    households  their numbers, by county and household number
    cut         whether more persons are called so than were looked at
    """

    households: pl.Series
    cut: bool = False


def households_found(homes: pl.DataFrame, words: str, keys: Keys, *, whole: bool, every: bool = False) -> Found:
    """Return the households among some that somebody means by these words.

    homes  rows of the directory, cut to a scope; households outside do not exist
    whole  whether the scope is the whole country
    words  the beginning of a member's name, of its pinyin or its initials; the beginning of a household
           number; or a whole identity number
    keys   for the digest by which an identity number is looked up
    every  whether to look at everybody called so, as an export does, instead of MOST_FOUND
    """
    asked = unicodedata.normalize("NFKC", words).strip()[:LONGEST]
    if not asked or not asked.isprintable():
        return Found(homes["household"].clear())
    number = tidied(asked).upper()
    if _ID_NUMBER.fullmatch(number):
        members = _members("i.id_index = %s", [keys.digest(number).hex()], None)
    else:
        counties = homes["county"].unique().sort().to_list()
        # Within a part of a county everybody is looked at: a limit would hide those of the scope.
        several = whole or len(counties) > 1
        members = _members_called(asked, counties, MOST_FOUND if several and not every else None)
    by_number = pl.col("household_no").str.starts_with(asked).fill_null(value=False)
    by_member = pl.col("household").is_in(members.households.implode())
    return Found(homes.filter(by_number | by_member)["household"], members.cut)


def _members_called(asked: str, counties: list[int], most: int | None) -> Found:
    """Return the households of the persons whose name, pinyin or initials begin so."""
    plain = asked.casefold()
    ways: tuple[tuple[str, str], ...]
    if _SPELLED.fullmatch(plain):
        compact = plain.replace(" ", "")
        ways = (("spelled", compact), ("initials", compact)) if compact else ()
    else:
        ways = (("name", asked),)
    found = [Found(pl.Series([], dtype=pl.Int64))]
    for way, beginning in ways:
        condition, parameters = _begins(_MATCHES[way], beginning)
        inside, county = in_list(connection, "i.county", counties)
        found.append(_members(f"{inside} AND {condition}", [county, *parameters], most))
    return Found(pl.concat([one.households for one in found]).unique(), any(one.cut for one in found))


def _begins(column: str, beginning: str) -> tuple[str, list[object]]:
    """Return the condition that a column begins so, in the form that each database's index serves."""
    if connection.vendor == "postgresql":
        escaped = re.sub(r"([\\%_])", r"\\\1", beginning)
        return f"{column} LIKE %s", [f"{escaped}%"]
    return f"{column} >= %s AND {column} < %s", [beginning, beginning + _LAST]


def _members(condition: str, parameters: list[object], most: int | None) -> Found:
    """Return the households to which the persons of these identities belong now."""
    some = f" LIMIT {most + 1}" if most else ""
    sql = (
        "SELECT p.person_id, m.household_id, m.effective_from, m.id FROM "
        f"(SELECT i.county, i.person_id FROM registry_identity i WHERE i.live AND {condition}{some}) p "
        "LEFT JOIN registry_membership m ON m.county = p.county AND m.person_id = p.person_id "
        "AND NOT EXISTS (SELECT 1 FROM registry_undo u WHERE u.undone_id = m.event_id)"
    )
    sql = f"SELECT person_id, household_id, CAST(effective_from AS text), id FROM ({sql}) AS told"
    schema = {"person_id": pl.Int64, "household_id": pl.Int64, "effective_from": pl.String, "id": pl.Int64}
    rows = read_frame(connection, sql, parameters, schema).sort("person_id", "effective_from", "id")
    last = rows.unique("person_id", keep="last", maintain_order=True)
    return Found(last["household_id"].drop_nulls().unique(), cut=most is not None and last.height > most)
