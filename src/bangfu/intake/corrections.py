"""What a clerk said of the columns of a sheet that was not understood, kept for the next sheet of that kind (列对应).

A correction names columns by their whole label, so that it still fits when the next file has other rows above,
another order of columns, or more of them; it applies where all the labels that it names stand in one header.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bangfu.intake.headers import Header
from bangfu.params import normal_label


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    ledger  name of the ledger that the sheet is
    fields  label (see `labels_of`) -> field, '' where the column is none
    """

    ledger: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Applied:
    """What the corrections say of one header: fields by label, and which ledger it is; '' where none says."""

    ledger: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def labels_of(headers: Sequence[Header]) -> list[str]:
    """Return the whole label of each column, '' where it has none; the second of one label bears #2, and so on."""
    seen: dict[str, int] = {}
    labels = []
    for header in headers:
        label = normal_label("".join(header.texts))
        seen[label] = seen.get(label, 0) + 1
        labels.append(f"{label}#{seen[label]}" if label and seen[label] > 1 else label)
    return labels


def applied(corrections: Sequence[Correction], headers: Sequence[Header]) -> Applied:
    """Return what the corrections say of a header; the first that fits decides, the others add what it leaves open."""
    if not corrections:
        return Applied()
    there = {*labels_of(headers)}
    fitting = [one for one in corrections if one.fields and one.fields.keys() <= there]
    if not fitting:
        return Applied()
    fields: dict[str, str] = {}
    for one in reversed(fitting):
        if one.ledger == fitting[0].ledger:
            fields |= one.fields
    return Applied(fitting[0].ledger, fields)
