"""A ledger of changes over the two households of the small roster, and what the register says after it."""

from datetime import date

import polars as pl

from bangfu.places.scope import Scope
from bangfu.registry import queries
from bangfu.registry.frames import frames_at
from bangfu.registry.queries import AsOf
from bangfu.registry.topics import topics
from tests.ledger_files import id_no

LABELS = {
    "home": "户编号", "from": "原户编号", "no": "人编号", "name": "姓名", "id": "证件号码", "relation": "与户主关系",
    "why": "自然增减", "on": "变更时间", "sex": "性别", "born": "出生日期", "village": "行政村", "group": "自然村",
}  # fmt: skip
FATHER, MOTHER, SON = (
    ("张大山", id_no("19700101", 11)),
    ("李秀英", id_no("19720202", 22)),
    ("张小川", id_no("20050303", 31)),
)
BEFORE, DAY = date(2017, 3, 1), date(2017, 3, 2)


def line(row, labels):
    known = {"home": "H001", "village": "上柳村", "on": "2017-03-02", **row}
    place = ["清溪县", "柳河镇"]
    return [*place, *(known.get(key, "") for key in LABELS), *(row.get(label, "") for label in labels)]


def members(household="H001", on=date(2020, 1, 1)):
    """Names of the members of a household on a day, with their relations."""
    frames = frames_at(Scope.everywhere(), AsOf(on), [])
    numbers = queries.households_by_no([household]).select(pl.col("household_id").alias("household"))
    mine = frames["persons"].join(numbers, on="household")
    who = queries.facts_at(Scope.everywhere(), topics()["identity"], AsOf())
    named = mine.join(who.select(pl.col("person_id").alias("person"), "name"), on="person")
    return dict(named.sort("relation", "person").select("name", "relation").iter_rows())


def declared(household="H001", on=date(2020, 1, 1)):
    known = queries.households_by_no([household])["household_id"].to_list()
    rows = queries.facts_at(Scope.everywhere(), topics()["standing"], AsOf(on), known)
    return rows["declared_members"].to_list()


def codes(staged):
    (told,) = staged.report
    return [one["code"] for one in told["errors"] if one["code"].startswith("BF1") and one["code"] >= "BF151"]
