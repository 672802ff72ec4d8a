"""A mixed area for tests: every fact known here and missing there, around every boundary, by seed."""

import hashlib
import json
from datetime import date
from random import Random

from bangfu.analysis.frames import Frames
from bangfu.analysis.run import evaluate
from bangfu.params import load
from tests.analysis.area import VILLAGE, area

VILLAGES = (VILLAGE, VILLAGE + 1, 990101101201, 520102100201, 530102100201)
MONEY = (
    "wage_fen",
    "business_fen",
    "business_cost_fen",
    "property_fen",
    "transfer_fen",
    "transfer_expense_fen",
    "property_cost_fen",
)
PARTS = ("dibao_fen", "tekun_fen", "pension_fen", "other_transfer_fen")
STATED = ("net_income_pc_fen", "disposable_income_pc_fen", "net_income_fen")
LINES = (295_200, 314_600, 400_000, 500_000, 653_040, 700_000, 730_000)


def mixed_area(seed: int, homes: int = 400) -> Frames:
    """Return an area of homes drawn by seed, in five villages of three provinces."""
    rng = Random(seed)
    drawn = [_home(rng) for _ in range(homes)]
    drawn.sort(key=lambda home: home[0]["village"])
    return area(drawn)


def fingerprint() -> str:
    """Return a digest of everything that a run over the mixed area gives."""
    result = evaluate(mixed_area(seed=7), load(), "cn_2014", date(2016, 12, 31))
    parts = [result.rows.write_csv(), result.indicators.write_csv(), json.dumps(result.manifest, sort_keys=True)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _maybe(rng: Random, value: object, missing: float = 0.15) -> object:
    return None if rng.random() < missing else value


def _home(rng: Random) -> tuple[dict[str, object], list[dict[str, object]]]:
    size = rng.choices((0, 1, 2, 3, 4, 5), (1, 5, 5, 4, 3, 2))[0]
    facts = {name: _maybe(rng, rng.randint(0, 400_000), 0.08) for name in MONEY}
    facts |= {name: _maybe(rng, rng.randint(0, 90_000), 0.6) for name in PARTS}
    facts |= {name: _maybe(rng, rng.choice(LINES) + rng.choice((-1, 0, 1, 250_000)), 0.4) for name in STATED}
    facts |= {
        "village": rng.choice(VILLAGES),
        "status": _maybe(rng, rng.randint(1, 4)),
        "declared_members": _maybe(rng, size + rng.choice((0, 0, 0, 0, 0, 0, 0, 1)), 0.4),
        "food_assured": _maybe(rng, int(rng.random() < 0.9)),
        "clothing_assured": _maybe(rng, int(rng.random() < 0.9)),
        "water_safe": _maybe(rng, int(rng.random() < 0.9)),
        "water_difficult": _maybe(rng, int(rng.random() < 0.1)),
        "housing_grade": _maybe(rng, rng.randint(1, 6)),
        "risks": _maybe(rng, rng.choice((0, 2, 4, 6))),
        "origin": _maybe(rng, rng.randint(1, 4)),
        "allowable_oop_fen": _maybe(rng, rng.choice((0, 100_000, 5_000_000))),
        "no_labour_backstop": _maybe(rng, int(rng.random() < 0.1)),
    }
    return facts, [_person(rng) for _ in range(size)]


def _person(rng: Random) -> dict[str, object]:
    return {
        "age": _maybe(rng, rng.choice((0, 5, 6, 10, 15, 16, 40, 80)), 0.03),
        "education_level": _maybe(rng, rng.randint(1, 11), 0.3),
        "enrolment": _maybe(rng, rng.choice((1, 2, 3, 4, 8, 16)), 0.2),
        "dropout_reason": _maybe(rng, rng.randint(1, 12), 0.95),
        "natural_change": _maybe(rng, rng.choice((1, 2, 3, 11, 12, 13, 14, 15)), 0.95),
        "resident_medical": _maybe(rng, int(rng.random() < 0.9)),
        "employee_medical": _maybe(rng, int(rng.random() < 0.1)),
        "serious_illness": _maybe(rng, int(rng.random() < 0.8)),
    }
