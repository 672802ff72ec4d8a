"""The lists of other departments that intake reads (部门名单), as `lists.yaml` defines them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from bangfu.intake.headers import forms
from bangfu.kernel.texts import Text
from bangfu.params import normal_label

_KEYS: Final = frozenset({"title", "office", "checked_with", "asks", "at_least", "fields"})
_FIELD_KEYS: Final = frozenset({"labels", "type", "use"})
_SAME: Final = "is"
ASKS: Final = frozenset({"presence", "difference", "absence", "outside"})
USES: Final = frozenset({"thing", "kept", "told", "asked"})
COMMON_TYPES: Final = {"name": "name", "id_no": "id_no", "born_on": "day", "sex": "code:sex"}
"""Types of the common fields that are no plain words."""


@dataclass(frozen=True, slots=True)
class ListField:
    """One field of a list; see the head of `lists.yaml` for what type and use say.

    same  subject and name of the field of the register that says the same; None for one that the register lacks
    """

    name: str
    labels: tuple[str, ...]
    type: str
    use: str
    same: tuple[str, str] | None = None

    @property
    def base(self) -> str:
        """Return the type without the name of its code list."""
        return self.type.partition(":")[0]


@dataclass(frozen=True, slots=True)
class ListForm:
    """One kind of list of another department.

    office        whose list it usually is
    checked_with  the words by which negative lists name that office
    asks          what is asked of it: presence, difference, absence, outside
    at_least      so many of its own fields must be there
    fields        its own fields by name
    common        the fields that every list may have: who the row is about, and where that person lives
    """

    name: str
    title: Text
    office: Text
    checked_with: tuple[str, ...]
    asks: frozenset[str]
    at_least: int
    fields: Mapping[str, ListField]
    common: Mapping[str, ListField]

    def of_use(self, *uses: str) -> tuple[str, ...]:
        """Return the names of its own fields with one of these uses, in order."""
        return tuple(field.name for field in self.fields.values() if field.use in uses)

    @property
    def every(self) -> Mapping[str, ListField]:
        """Return the common and the own fields by name."""
        return {**self.common, **self.fields}


@cache
def list_forms() -> Mapping[str, ListForm]:
    """Return every kind of list by name, read once."""
    document = yaml.safe_load(files("bangfu.intake").joinpath("lists.yaml").read_text("utf-8"))
    common = {
        name: ListField(name, tuple(map(normal_label, labels)), COMMON_TYPES.get(name, "word"), "asked")
        for name, labels in document["common"].items()
    }
    return {name: _form(name, entry, common) for name, entry in document["lists"].items()}


def _form(name: str, entry: Mapping[str, Any], common: Mapping[str, ListField]) -> ListForm:
    assert entry.keys() == _KEYS, f"lists.yaml, {name}: {sorted(entry.keys() ^ _KEYS)}"
    assert set(entry["asks"]) <= ASKS, name
    return ListForm(
        name=name,
        title=Text(**entry["title"]),
        office=Text(**entry["office"]),
        checked_with=tuple(entry["checked_with"]),
        asks=frozenset(entry["asks"]),
        at_least=entry["at_least"],
        fields={key: _field(key, field) for key, field in entry["fields"].items()},
        common=common,
    )


def _field(name: str, entry: Mapping[str, Any]) -> ListField:
    assert entry.keys() - {_SAME} == _FIELD_KEYS, f"lists.yaml, {name}: {sorted(entry.keys() ^ _FIELD_KEYS)}"
    assert entry["use"] in USES, name
    subject, _, same = entry.get(_SAME, "").partition(".")
    labels = tuple(map(normal_label, entry["labels"]))
    return ListField(name, labels, entry["type"], entry["use"], (subject, same) if same else None)


@cache
def labels_of_list(name: str) -> Mapping[str, str]:
    """Return the field that each normal label means in a list; its own labels stand above the common ones."""
    form = list_forms()[name]
    index: dict[str, str] = {}
    for field in (*form.fields.values(), *form.common.values()):
        for label in field.labels:
            for reading in forms(label):
                index.setdefault(reading.word, field.name)
    return index
