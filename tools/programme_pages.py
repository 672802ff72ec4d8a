"""The reference pages of the programmes: values, scales, criteria, decisions, income and steps."""

from collections.abc import Iterable, Iterator
from datetime import date

from bangfu.params import Parameter, Parameters, Programme, Source, Step
from tools.tables import both, provisional, table

LAST_DAY = date.max


def programme_pages(parameters: Parameters) -> dict[str, Iterable[str]]:
    """Return one page for each programme."""
    return {f"programme-{name}.md": programme(one) for name, one in sorted(parameters.programmes.items())}


def programme(one: Programme) -> Iterator[str]:
    """Describe a programme: its values, criteria, decisions, income items and steps."""
    until = one.end.isoformat() if one.end else "today"
    yield f"# {one.id}: {both(one.title)}\n"
    yield f"From {one.start.isoformat()} to {until}. Income is {one.income_measure} income.{provisional(one)}\n"
    if one.note:
        yield f"{one.note.zh}\n\n{one.note.en}\n"
    yield "## Values (参数)\n"
    for parameter in one.parameters.values():
        yield f"### `{parameter.name}`: {both(parameter.title)}\n"
        if parameter.awaits:
            yield f"Not published yet: {both(parameter.awaits)}\n"
        areas = [("", parameter.nation), *((str(area), series) for area, series in parameter.regions.items())]
        rows = [
            (row.start.isoformat(), place, _shown(parameter, row.value), where(row.source))
            for place, series in areas
            for row in series
        ]
        if rows:
            yield table(("from", "area", both(parameter.unit.title), "source"), rows)
    yield from _scales(one)
    yield from _criteria(one)
    yield from _decisions(one)
    yield from _procedures(one)


def _scales(one: Programme) -> Iterator[str]:
    for scale in one.scales.values():
        yield f"### `{scale.name}`: {both(scale.title)}\n"
        rows = [
            (each.start.isoformat(), str(area), scale.per.show(reached), scale.unit.show(amount), where(each.source))
            for area, versions in scale.regions.items()
            for each in versions
            for reached, amount in each.rows
        ]
        yield table(("from", "area", f"{both(scale.per.title)} or more", both(scale.unit.title), "source"), rows)


def _shown(parameter: Parameter, value: int | None) -> str:
    return "no longer" if value is None else parameter.unit.show(value)


def _criteria(one: Programme) -> Iterator[str]:
    yield "## Criteria (认定条件)\n"
    yield table(
        ("criterion", "question", "in English", "compares", "reads", "source"),
        (
            (
                f"`{c.name}`",
                c.title.zh,
                c.title.en,
                f"{c.operator or ''} {c.threshold or ''}".strip(),
                ", ".join(c.fields),
                where(c.source),
            )
            for c in one.criteria.values()
        ),
    )


def _decisions(one: Programme) -> Iterator[str]:
    last = one.end or LAST_DAY
    yield "## Decisions (认定规则)\n"
    for decision in one.decisions(last):
        yield f"### `{decision.name}`: {both(decision.title)}\n"
        yield f"Of a {decision.subject}, from {decision.start.isoformat()}: {rule(decision.rule)}\n"
        for each in decision.classes:
            yield f"- {both(each.title)}: {rule(each.rule)}"
        if decision.considers:
            yield f"\nConsidered beside it: {', '.join(f'`{name}`' for name in decision.considers)}\n"
    items = one.income_items(last)
    if items:
        yield "## Income (收入口径)\n"
        yield table(("item", "use"), ((f"`{name}`", use) for name, use in items.items()))


def _procedures(one: Programme) -> Iterator[str]:
    yield "## Steps (程序)\n"
    for procedure in one.procedures(one.end or LAST_DAY):
        yield f"### `{procedure.name}`: {both(procedure.title)}\n"
        yield table(
            (
                "",
                "step",
                "in English",
                "held by",
                "days at least",
                "within days",
                "last day",
                "vote",
                "persons",
                "source",
            ),
            (
                (
                    str(s.order),
                    s.title.zh,
                    s.title.en,
                    s.level,
                    str(s.minimum_days or ""),
                    str(s.within_days or ""),
                    s.deadline.isoformat() if s.deadline else "",
                    _vote(s),
                    str(s.persons),
                    where(s.source),
                )
                for s in procedure.steps
            ),
        )


def _vote(step: Step) -> str:
    """Return quorum and majority of a step with their source; empty where nobody votes."""
    if not step.quorum_numerator:
        return ""
    asked = f"{step.quorum_numerator}/{step.quorum_denominator} attend"
    agree = f"more than {step.majority_numerator}/{step.majority_denominator} of them agree"
    return f"{asked}, {agree} ({where(step.vote_source or step.source)})"


def where(source: Source) -> str:
    """Return the title of a source, marked where it must still be verified."""
    return f"{source.title}{provisional(source)}"


def rule(tree: object) -> str:
    """Return a rule as one line: all_of, any_of and not, with the criteria as they are named."""
    if isinstance(tree, str):
        return f"`{tree}`"
    word, inner = tree
    if word == "not":
        return f"not {rule(inner)}"
    joined = (" and " if word == "all_of" else " or ").join(rule(each) for each in inner)
    return f"({joined})"
