"""What a notice says (公示公告内容): a fixed list of columns for each kind, made from the register and nothing else.

A line carries a head's name, the village group, the number of members and what is proposed. No number of a person,
no phone, no card, no health, no cause; a head who is a child, or may be one, is not named. Names and groups are free
text from ledgers: one that hides a number is left out, and the rest of the list hangs.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from bangfu.kernel.hidden_numbers import hides_number
from bangfu.kernel.texts import Text
from bangfu.places.queries import names_of
from bangfu.registry.published import published_heads

COLUMNS: Final[Mapping[str, tuple[Text, ...]]] = {
    "household": (
        Text(zh="户主姓名", en="Head of household"),
        Text(zh="村民小组", en="Village group"),
        Text(zh="人数", en="Persons"),
        Text(zh="拟办事项", en="Proposal"),
    ),
    "place": (Text(zh="名称", en="Name"), Text(zh="拟办事项", en="Proposal")),
}
"""What the lines of a notice say, by kind of subject."""
PROPOSALS: Final = {
    "identified": Text(zh="识别为贫困户", en="identified as poor"),
    "exited": Text(zh="脱贫退出", en="exit from poverty"),
    "relapsed": Text(zh="返贫重新纳入", en="returned to poverty"),
    "removed": Text(zh="清退", en="removed as wrongly listed"),
    "monitored": Text(zh="纳入监测", en="to be monitored"),
    "cleared": Text(zh="风险消除", en="risk removed"),
}
CHILD: Final = "（未成年人户）"
"""Printed for a head who is a child, or whose age nobody knows."""
_NOTHING: Final = "—"
_CHILD_BELOW: Final = 18


def columns_of(subject_kind: str) -> tuple[Text, ...]:
    """Return the titles of the columns of a notice about subjects of a kind."""
    return COLUMNS["household" if subject_kind == "household" else "place"]


def lines_of(frame: pl.DataFrame, on: date) -> dict[int, list[list[str]]]:
    """Return the lines to print for each place, in the order of group and name; behind each stands its case.

    frame  cases in the columns of standings.STANDING
    on     the day of posting, on which ages are reckoned
    """
    if frame.is_empty():
        return {}
    if frame["subject_kind"][0] != "household":
        return _of_places(frame)
    parts = [
        published_heads(int(str(key[0])), mine["subject_id"].to_list(), on)
        for key, mine in frame.group_by("county", maintain_order=True)
    ]
    told = frame.select("place", "subject_id", "proposal", "case").join(
        pl.concat(parts), left_on="subject_id", right_on="household", how="left"
    )
    grown = (pl.col("age") >= _CHILD_BELOW).fill_null(value=False)
    told = told.with_columns(
        name=pl.when(grown | pl.col("name").is_null())
        .then(pl.col("name"))
        .otherwise(pl.lit(CHILD))
        .fill_null(_NOTHING),
        group_name=pl.col("group_name").fill_null(_NOTHING),
        members=pl.col("members").cast(pl.String).fill_null(_NOTHING),
        proposal=_proposed(),
    ).sort("place", "group_name", "name", "subject_id")
    lines: dict[int, list[list[str]]] = {}
    told = told.with_columns(pl.col("case").cast(pl.String))
    for place, *line, case in told.select("place", "name", "group_name", "members", "proposal", "case").iter_rows():
        lines.setdefault(place, []).append([*map(_shown, line), case])
    return lines


def _of_places(frame: pl.DataFrame) -> dict[int, list[list[str]]]:
    names = names_of(frame["subject_id"].to_list())
    lines: dict[int, list[list[str]]] = {}
    for place, subject, proposal, case in frame.select("place", "subject_id", _proposed(), "case").iter_rows():
        lines.setdefault(place, []).append([_shown(names.get(subject, _NOTHING)), _shown(proposal), str(case)])
    return lines


def _shown(cell: str) -> str:
    """Return a cell as it is published: without its words where they hide a number of a person."""
    return _NOTHING if hides_number(cell) else cell


def _proposed() -> pl.Expr:
    words = {name: text.zh for name, text in PROPOSALS.items()}
    return pl.col("proposal").replace_strict(words, default=pl.col("proposal"))
