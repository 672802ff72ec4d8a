"""The manifest of a run: what was asked, with which thresholds, from which sources (运行清单)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from bangfu.analysis.criteria import shown_column
from bangfu.analysis.plan import Plan
from bangfu.analysis.rows import outcome_column
from bangfu.analysis.tallies import NO_ANSWERS, Answers
from bangfu.analysis.thresholds import Threshold
from bangfu.kernel.texts import Text
from bangfu.params import Criterion, Decision, Parameters, Source


def make_manifest(plan: Plan, parameters: Parameters, answers: Mapping[str, Answers]) -> dict[str, Any]:
    """Write down what a run asked and how often the answer was yes, no and unknown.

    plan        what the programme asked
    parameters  all parameters; their hash binds the run to them
    answers     for each outcome column how often the answer was yes, no and unknown
    Returns     a mapping of plain values, ready for JSON: `programme`, `on`, `parameters`, `counts`, `income`,
                `decisions`, `criteria`
    """
    programme = plan.programme
    return {
        "programme": programme.id,
        "title": _text(programme.title),
        "provisional": programme.provisional,
        "on": plan.on.isoformat(),
        "parameters": parameters.hash,
        "counts": dict(answers["outcome"]),
        "income": {"measure": programme.income_measure, "items": dict(plan.items)},
        "decisions": {each.name: _household_decision(each, answers) for each in plan.decisions},
        "criteria": {each.name: _criterion(each, plan, answers[each.name]) for each in plan.criteria},
    }


def place_manifest(plan: Plan, judged: pl.DataFrame) -> dict[str, Any]:
    """Write down what a run asked of villages or counties, and the counts of its answers.

    plan     what the programme asked of them
    judged   criteria and decisions of these places
    Returns  a mapping of plain values: `decisions` and `criteria`
    """
    outcome = pl.col("outcome")
    answers = judged.group_by("name").agg(
        yes=(outcome == 1).sum(), no=(outcome == 0).sum(), unknown=outcome.null_count()
    )
    counts = {name: dict(zip(NO_ANSWERS, numbers, strict=True)) for name, *numbers in answers.iter_rows()}
    return {
        "decisions": {
            each.name: _decision(each, each.name, counts.get(each.name, NO_ANSWERS)) for each in plan.decisions
        },
        "criteria": {each.name: _criterion(each, plan, counts.get(each.name, NO_ANSWERS)) for each in plan.criteria},
    }


def _household_decision(decision: Decision, answers: Mapping[str, Answers]) -> dict[str, Any]:
    column = outcome_column(decision)
    return _decision(decision, column, answers[column])


def _decision(decision: Decision, column: str, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "title": _text(decision.title),
        "column": column,
        "rule": decision.rule,
        "classes": [{"name": each.name, "title": _text(each.title), "rule": each.rule} for each in decision.classes],
        "considers": list(decision.considers),
        "start": decision.start.isoformat(),
        "source": _source(decision.source),
        "counts": dict(counts),
    }


def _criterion(criterion: Criterion, plan: Plan, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "title": _text(criterion.title),
        "function": criterion.function,
        "texts": {name: _text(text) for name, text in _texts(criterion).items()},
        "operator": criterion.operator,
        "fields": list(criterion.fields),
        "shows": shown_column(criterion),
        "thresholds": [_threshold(each) for each in plan.thresholds.get(criterion.name, ())],
        "values": {
            name: {"value": plan.values[name].value, "unit": plan.values[name].unit} for name in criterion.values
        },
        "source": _source(criterion.source),
        "provisional": criterion.provisional,
        "counts": dict(counts),
    }


def _texts(criterion: Criterion) -> dict[str, Text]:
    return {"yes": criterion.yes, "no": criterion.no, "unknown": criterion.unknown}


def _threshold(threshold: Threshold) -> dict[str, Any]:
    value = threshold.value
    return {
        "counties": None if threshold.counties is None else list(threshold.counties),
        "name": value.name,
        "value": value.value,
        "unit": value.unit,
        "shown": value.show(),
        "start": value.start.isoformat(),
        "region": value.region,
        "prices": value.prices,
        "source": _source(value.source),
        "provisional": value.provisional,
    }


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _source(source: Source) -> dict[str, str]:
    return {"title": source.title, "text": source.text, "mark": source.mark, "url": source.url}
