"""Which households are on the monitored list (监测对象), why, and what is done for them."""

from collections.abc import Sequence
from random import Random
from typing import Any, Final

from bangfu.simulate.homes import SAFE
from bangfu.simulate.income import LINE_FEN
from bangfu.simulate.records import Record, per_head_fen
from bangfu.simulate.sheets import Row

_SHARE: Final = 60  # one household in so many is monitored
_RISKS: Final = 5
UNSTABLE: Final = "脱贫不稳定户"
SUDDEN: Final = "突发严重困难户"
MEASURES: Final = (
    "产业帮扶",
    "就业帮扶",
    "公益性岗位帮扶",
    "金融帮扶",
    "健康帮扶",
    "教育帮扶",
    "义务教育保障",
    "住房安全保障",
    "饮水安全保障",
    "综合保障",
    "社会帮扶",
    "搬迁",
    "生产生活条件改善",
    "基础设施建设",
)
_AGAINST: Final = {
    "因病": "健康帮扶",
    "因残": "综合保障",
    "因学": "教育帮扶",
    "因安全住房": "住房安全保障",
    "因安全饮水": "饮水安全保障",
    "因务工就业不稳": "就业帮扶",
    "缺劳动力": "综合保障",
}


def monitored_rows(records: Sequence[Record], rng: Random) -> dict[str, Row]:
    """Choose households for the monitored list and write their rows.

    They have left poverty and run a risk of falling back (脱贫不稳定户), or were struck suddenly (突发严重困难户).
    Returns  rows by household number, in order of the records
    """
    fit = [r for r in records if r.truth["exit_status"] == "已脱贫" and not any(_unsuited(p) for p in r.people)]
    fit.sort(key=lambda r: not _risks(r))
    wanted = max(3, len(records) // _SHARE)
    chosen = sorted(fit[:wanted], key=lambda r: r.household_no)
    return {r.household_no: Row(_cells(r, rng)) for r in chosen}


def _unsuited(person: dict[str, Any]) -> bool:
    """Tell whether the list would need a column that it does not have to tell of this member."""
    return bool(person["dropout_reason"] or person["public_post"])


def _risks(record: Record) -> list[str]:
    """Return the risks that the household truly runs, in the words of the list."""
    truth = record.truth
    found = []
    if truth["grade"] != SAFE:
        found.append("因安全住房")
    if not truth["water_safe"]:
        found.append("因安全饮水")
    return found


def _cells(record: Record, rng: Random) -> dict[str, Any]:
    truth = record.truth
    risks = _risks(record)
    if any(p["health"] == "大病" for p in record.people):
        risks.append("因病")
    if not risks:
        risks.append("因务工就业不稳" if truth["able"] else "缺劳动力")
    low = truth["net"] * 2 < LINE_FEN * 3 * truth["members"]
    begun = rng.randint(1, 5)
    safe = truth["grade"] == SAFE and truth["water_safe"]
    cleared = safe and truth["able"] > 0 and rng.random() < 0.4
    cells = {name: record.ledger.cells[name] for name in ("town_name", "village_name", "household_no")}
    cells |= {name: record.ledger.cells[name] for name in ("wage_fen", "business_fen", "transfer_fen", "housing_grade")}
    cells |= {f"risk_{n + 1}": risks[n] if n < len(risks) else "" for n in range(_RISKS)}
    helped = {_AGAINST[risk] for risk in risks} | ({"产业帮扶"} if low else set())
    if truth["able"] == 0:
        helped.add("综合保障")
    cells |= {f"measure_{n}": measure in helped for n, measure in enumerate(MEASURES)}
    return cells | {
        "county_name": record.roster[0].cells["county_name"],
        "head_name": record.ledger.cells["head_name"],
        "origin": "脱贫户",
        "monitored_class": UNSTABLE if low or "因病" not in risks else SUDDEN,
        "risk_identified_on": 201600 + begun,
        "risk_cleared": cleared,
        "cleared_how": "帮扶消除" if cleared else "",
        "risk_cleared_on": 201600 + begun + 7 if cleared else None,
        "net_income_pc_fen": per_head_fen(truth),
        "allowable_oop_fen": rng.randint(0, 40) * 10_000 if "因病" in risks else 0,
        "water_safe": truth["water_safe"],
        "no_labour_backstop": truth["able"] == 0,
        "development_measures": bool({"产业帮扶", "就业帮扶"} & helped),
        "net_income_pc_after": per_head_fen(truth) + rng.randint(2, 9) * 10_000 if cleared else None,
        "housing_after": SAFE if cleared else "",
        "water_after": True if cleared else None,
    }
