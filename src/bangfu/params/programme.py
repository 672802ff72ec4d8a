"""Programmes: one era of the work with its lines, criteria, decisions, income items and steps (帮扶政策)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Protocol, TypeVar

from bangfu.kernel.errors.parameters import (
    NameTwice,
    ParameterClosed,
    ParameterNotInForce,
    ParameterUnknown,
)
from bangfu.kernel.texts import Text
from bangfu.params.area import Areas
from bangfu.params.criterion import Criterion, Names, read_criterion, unknown
from bangfu.params.decision import Decision, read_decision
from bangfu.params.income_item import IncomeItem, IncomeRule, read_income_items
from bangfu.params.negative_list import NegativeList, read_negative_list
from bangfu.params.scale import Scale, read_scale
from bangfu.params.source import Source, source_of
from bangfu.params.step import Procedure, Step, read_procedure
from bangfu.params.value import Parameter, Value, read_parameter
from bangfu.params.yaml_file import Cell, Spot, Table

HEAD: Final = "programme"
SECTIONS: Final = ("parameters", "criteria", "decisions", "income_items", "procedures", "scales", "negative_lists")
HEAD_KEYS: Final = frozenset(
    {"title", "from", "to", "provisional", "income_measure", "successor", "note", "source", "shared"}
)
KINDS: Final = {
    "parameter": Text(zh="参数", en="parameter"),
    "decision": Text(zh="认定规则", en="decision"),
    "procedure": Text(zh="程序", en="procedure"),
    "income items": Text(zh="收入项目", en="income items"),
}
"""What a programme may lack, as messages call it."""
MEASURES: Final = frozenset({"net", "disposable"})


class _Version(Protocol):
    @property
    def start(self) -> date: ...
    @property
    def spot(self) -> Spot: ...


_V = TypeVar("_V", bound=_Version)


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """One programme (帮扶政策): everything that its era fixed, by day and area.

    id              cn_2014, gd_2016, cn_2021, ...
    title           its name
    start, end      first and last day; end is None while it runs
    provisional     true where the whole programme rests on statements still to be verified
    income_measure  net (人均纯收入) or disposable (人均可支配收入)
    successor       id of the programme that followed, empty where none did
    note            what a user must know before using it, or None
    criteria        all criteria by name
    parameters      all parameters by name
    scales          local amounts that grow with what is reached, by name
    negative_lists  local lists of doubts by name; a hit is a question, never a verdict
    """

    id: str
    title: Text
    start: date
    end: date | None
    provisional: bool
    income_measure: str
    successor: str
    note: Text | None
    source: Source
    criteria: Mapping[str, Criterion]
    parameters: Mapping[str, Parameter]
    scales: Mapping[str, Scale]
    negative_lists: Mapping[str, NegativeList]
    _decisions: Mapping[str, tuple[Decision, ...]] = field(repr=False)
    _income: tuple[IncomeRule, ...] = field(repr=False)
    _procedures: Mapping[str, tuple[Procedure, ...]] = field(repr=False)
    _spot: Spot = field(repr=False)

    def parameter(self, name: str) -> Parameter:
        """Return a parameter with all its dated values; raises ParameterUnknown."""
        if name not in self.parameters:
            raise self._unknown("parameter", name, self.parameters)
        return self.parameters[name]

    def value(self, name: str, on: date, region: int | None = None) -> Value:
        """Return the value of a parameter in force on a day.

        The last start on or before the day counts, the area's own value before the nation's.
        region  place number of any level; None asks for the nation
        Raises ParameterUnknown; ParameterNotInForce and its kinds where no law gives a value that day.
        """
        return self.parameter(name).on(on, region)

    def decision(self, name: str, on: date) -> Decision:
        """Return a decision as it stands on a day; raises ParameterUnknown, ParameterNotInForce."""
        return self._version("decision", name, self._decisions, on)

    def decisions(self, on: date) -> tuple[Decision, ...]:
        """Return every decision that stands on a day, in the order of the files."""
        days = (_last(versions, on) for versions in self._decisions.values())
        return tuple(each for each in days if each is not None and self._runs(on))

    def procedure(self, name: str, on: date) -> Procedure:
        """Return a procedure as it stands on a day; raises ParameterUnknown, ParameterNotInForce."""
        return self._version("procedure", name, self._procedures, on)

    def procedures(self, on: date) -> tuple[Procedure, ...]:
        """Return every procedure that stands on a day, in the order of the files."""
        days = (_last(versions, on) for versions in self._procedures.values())
        return tuple(each for each in days if each is not None and self._runs(on))

    def steps(self, name: str, on: date) -> tuple[Step, ...]:
        """Return the steps of a procedure on a day, in order; raises ParameterUnknown, ParameterNotInForce."""
        return self.procedure(name, on).steps

    def income_items(self, on: date) -> dict[str, str]:
        """Return how each income column enters the measure on a day: add, subtract or exclude."""
        return {item.name: item.use for item in self.income_rule(on)}

    def income_rule(self, on: date) -> tuple[IncomeItem, ...]:
        """Return the income items on a day, each with its source; raises ParameterNotInForce."""
        return self._version("income measure", self.income_measure, {self.income_measure: self._income}, on).items

    def _runs(self, on: date) -> bool:
        return self.end is None or on <= self.end

    def _version(self, kind: str, name: str, versions: Mapping[str, Sequence[_V]], on: date) -> _V:
        if name not in versions:
            raise self._unknown(kind, name, versions)
        found = _last(versions[name], on)
        facts = {"name": f"{kind} {name}", "programme": self.id, "day": on.isoformat()}
        if found is None:
            first = versions[name][0] if versions[name] else None
            spot = first.spot if first else self._spot
            start = (first.start if first else self.start).isoformat()
            raise ParameterNotInForce(**facts, first=start, file=spot.file, line=spot.line)
        if self.end is not None and on > self.end:
            successor = self.successor or "the programme that followed"
            closed = self.end.isoformat()
            raise ParameterClosed(
                **facts, closed=closed, successor=successor, file=self._spot.file, line=self._spot.line
            )
        return found

    def _unknown(self, kind: str, name: str, known: Mapping[str, object]) -> ParameterUnknown:
        return ParameterUnknown(programme=self.id, kind=KINDS[kind], name=name, known=", ".join(sorted(known)))


def _last(versions: Sequence[_V], on: date) -> _V | None:
    found = None
    for version in versions:
        if version.start <= on:
            found = version
    return found


def _sections(files: Sequence[Table]) -> dict[str, dict[str, Cell]]:
    """Return the entries of each section over all files of the programme, every name once."""
    sections: dict[str, dict[str, Cell]] = {section: {} for section in SECTIONS}
    for file in files:
        file.allow(frozenset({HEAD, *SECTIONS}))
        for section, cell in file.items():
            if section == HEAD:
                continue
            entries = {section: cell} if section == "income_items" else cell.table().cells
            for name, entry in entries.items():
                if name in sections[section]:
                    other = str(sections[section][name].spot)
                    spot = entry.spot
                    raise NameTwice(file=spot.file, line=spot.line, kind=f"{section}:", name=name, other=other)
                sections[section][name] = entry
    return sections


def _head(files: Sequence[Table]) -> Table:
    """Return the one mapping that names the programme; raises KeyMissing, NameTwice."""
    heads = [file[HEAD].table() for file in files if HEAD in file]
    if not heads:
        return files[0][HEAD].table()
    if len(heads) > 1:
        spot = heads[1].spot
        raise NameTwice(file=spot.file, line=spot.line, kind="the key", name=HEAD, other=str(heads[0].spot))
    heads[0].allow(HEAD_KEYS)
    return heads[0]


def _shared(head: Table, shared: Mapping[str, Table]) -> list[Table]:
    """Return the shared files that the head names; raises NameUnknown."""
    cells = head["shared"].cells() if "shared" in head else ()
    for cell in cells:
        if cell.text() not in shared:
            raise unknown(cell, "the shared file", cell.text(), frozenset(shared))
    return [shared[cell.text()] for cell in cells]


def read_programme(
    files: Sequence[Table], shared: Mapping[str, Table], id_: str, names: Names, areas: Areas
) -> Programme:
    """Return the programme that the files of one folder hold together.

    files   the mappings of programmes/<id>/*.yaml; each holds one or more of SECTIONS
    shared  the mappings of shared/*.yaml by file name, with the same sections
    names   what the files may refer to (its own parameters are added here)
    """
    head = _head(files)
    sections = _sections([*_shared(head, shared), *files])
    successor = head.text_or("successor", "")
    parameters = {
        name: read_parameter(name, cell.table(), names.sources, areas, (id_, successor))
        for name, cell in sections["parameters"].items()
    }
    own = Names(frozenset(parameters), names.fields, names.code_lists, names.sources)
    criteria = {name: read_criterion(name, cell.table(), own) for name, cell in sections["criteria"].items()}
    income = sections["income_items"].get("income_items")
    household = names.fields.get("household", {})
    source = source_of(head, names.sources)
    scales, lists = sections["scales"].items(), sections["negative_lists"].items()
    return Programme(
        id=id_,
        title=head["title"].both(),
        start=head["from"].day(),
        end=head.day_or_none("to"),
        provisional=source.provisional or ("provisional" in head and head["provisional"].flag()),
        income_measure=head["income_measure"].choice(MEASURES),
        successor=successor,
        note=head.both_or_none("note"),
        source=source,
        criteria=criteria,
        parameters=parameters,
        scales={name: read_scale(name, cell.table(), names.sources, areas) for name, cell in scales},
        negative_lists={name: read_negative_list(name, cell.table(), names.sources) for name, cell in lists},
        _decisions={
            name: read_decision(name, cell, criteria, names.sources) for name, cell in sections["decisions"].items()
        },
        _income=read_income_items(income, household, names.sources) if income else (),
        _procedures={name: read_procedure(name, cell, names) for name, cell in sections["procedures"].items()},
        _spot=head.spot,
    )
