"""Set the notices of a city as one file: 1,439 villages, 40 rows each, A4 in two blocks.

./run bench notices
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from bangfu.documents.paper import NoticePaper, write_notices
from benchmarks.measuring import Line, measured

ONLY_WHEN_NAMED = True
GOAL_S = 120
VILLAGES = 1439
ROWS = 40
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜贠"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂䶮㛃"


def main() -> list[Line]:
    """Measure once."""
    line = measured(f"{VILLAGES:,} notices of {ROWS} rows", "benchmarks.notices:notices", times=1)
    return [replace(line, goal=GOAL_S, goal_is_seconds=True)]


def notices() -> Callable[[], object]:
    """Return the work: all notices into one file, which is thrown away."""
    folder = tempfile.TemporaryDirectory(prefix="bangfu-bench-")
    return lambda: write_notices(papers(), Path(folder.name) / "notices.pdf")


def papers() -> Iterator[NoticePaper]:
    """Yield the notices one after the other; no two lists are the same."""
    for village in range(VILLAGES):
        rows = [(_name(village * ROWS + row), f"第{'一二三四'[row % 4]}组", str(row % 6 + 1)) for row in range(ROWS)]
        yield NoticePaper(
            kind="公示",
            title="2016年拟脱贫户名单",
            place=f"清溪县石门镇第{village}村",
            opening=["经农户申请、入户核查、村民代表会议民主评议，拟确定以下农户脱贫，现予公示，接受群众监督。"],
            columns=("户主姓名", "村民小组", "人数"),
            rows=sorted(rows, key=lambda row: row[1]),
            posted_on=date(2016, 6, 1),
            last_on=date(2016, 6, 7),
            objections="村务监督委员会",
            phone="12317",
            seal="村民委员会",
            fingerprint="9f86d081884c7d65",
        )


def _name(number: int) -> str:
    return SURNAMES[number % 33] + GIVEN[number // 33 % 26] + GIVEN[number // 858 % 26]
