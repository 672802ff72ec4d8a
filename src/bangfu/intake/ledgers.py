"""The ledgers that intake knows (台账版式), as `ledgers.yaml` defines them, and the labels of their fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from bangfu.intake.headers import forms
from bangfu.kernel.texts import Text
from bangfu.params import Field, Parameters, normal_label

_KEYS: Final = frozenset(
    {"title", "subject", "person_if", "required", "signature", "at_least", "one_of", "without", "labels", "measures"}
)
_SHARED_TOPICS: Final = frozenset({"key", "place"})
"""Topics of the person catalogue that ledgers about households carry too; villages have only the place."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One kind of ledger; see the head of `ledgers.yaml` for what each part says."""

    name: str
    title: Text
    subject: str
    person_if: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    signature: frozenset[str]
    at_least: int
    one_of: frozenset[str]
    without: frozenset[str]
    labels: tuple[tuple[str, str], ...]
    measures: bool


@dataclass(frozen=True, slots=True)
class ElsewhereList:
    """A list that belongs to another door: so many of its labels in one row tell it."""

    title: Text
    place: Text
    labels: frozenset[str]
    at_least: int


@dataclass(frozen=True, slots=True)
class Ledgers:
    """All that `ledgers.yaml` defines."""

    layouts: tuple[Ledger, ...]
    elsewhere: tuple[ElsewhereList, ...]
    foreign: tuple[str, ...]
    beside: frozenset[str]
    generic: frozenset[str]
    neutral: tuple[str, ...]


@cache
def ledgers() -> Ledgers:
    """Return the definitions, read once."""
    document = yaml.safe_load(files("bangfu.intake").joinpath("ledgers.yaml").read_text("utf-8"))
    return Ledgers(
        layouts=tuple(_ledger(name, entry) for name, entry in document["layouts"].items()),
        elsewhere=tuple(_elsewhere(entry) for entry in document["elsewhere"].values()),
        foreign=tuple(map(normal_label, document["foreign"])),
        beside=frozenset(map(normal_label, document["beside"])),
        generic=frozenset(map(normal_label, document["generic"])),
        neutral=tuple(map(normal_label, document["neutral"])),
    )


def _ledger(name: str, entry: Mapping[str, Any]) -> Ledger:
    unknown = entry.keys() - _KEYS
    assert not unknown, f"ledgers.yaml, {name}: unknown keys {sorted(unknown)}"
    return Ledger(
        name=name,
        title=Text(**entry["title"]),
        subject=entry["subject"],
        person_if=tuple(entry.get("person_if", ())),
        required=tuple(tuple(names.split("|")) for names in entry["required"]),
        signature=frozenset(entry["signature"]),
        at_least=entry["at_least"],
        one_of=frozenset(entry.get("one_of", ())),
        without=frozenset(entry.get("without", ())),
        labels=tuple((normal_label(label), field) for label, field in entry.get("labels", {}).items()),
        measures=entry.get("measures", False),
    )


def _elsewhere(entry: Mapping[str, Any]) -> ElsewhereList:
    return ElsewhereList(
        title=Text(**entry["title"]),
        place=Text(**entry["place"]),
        labels=frozenset(map(normal_label, entry["labels"])),
        at_least=entry["at_least"],
    )


def fields_of(subject: str, parameters: Parameters) -> dict[str, Field]:
    """Return the fields that a ledger about this subject can carry, by name.

    A ledger about persons also carries facts of their household; where two catalogues name a field
    alike, the subject's own holds.
    """
    catalogue = parameters.fields
    if subject == "village":
        place = {name: field for name, field in catalogue["person"].items() if field.topic == "place"}
        return {**place, **catalogue["village"]}
    if subject == "household":
        shared = {name: field for name, field in catalogue["person"].items() if field.topic in _SHARED_TOPICS}
        return {**shared, **catalogue["household"]}
    return {**catalogue["household"], **catalogue["person"]}


@cache
def label_index(ledger: Ledger, subject: str, parameters: Parameters) -> dict[str, str]:
    """Return the field that each normal label means in this ledger, labels without their unit included."""
    known = fields_of(subject, parameters)
    index: dict[str, str] = {}
    for field in known.values():
        for label in (field.title.zh, *field.aliases):
            index.setdefault(normal_label(label), field.name)
    for field in known.values():
        for label in (field.title.zh, *field.aliases):
            for form in forms(label):
                index.setdefault(form.word, field.name)
    if subject == ledger.subject:
        index.update((label, field) for label, field in ledger.labels)
    return index


@cache
def all_labels(parameters: Parameters) -> frozenset[str]:
    """Return the normal labels that mean a field in any ledger, whatever it is about."""
    indices = (
        label_index(ledger, subject, parameters)
        for ledger in ledgers().layouts
        for subject in {ledger.subject, *(("person",) if ledger.person_if else ())}
    )
    return frozenset(label for index in indices for label in index)
