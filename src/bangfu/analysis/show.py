"""Recorded numbers as people read them: money in yuan, codes by their words (取值显示)."""

from typing import Final

from bangfu.kernel.money import yuan
from bangfu.kernel.texts import Text
from bangfu.params import Field, Parameters

UNKNOWN: Final = Text(zh="不详", en="unknown")
YES: Final = Text(zh="是", en="yes")
NO: Final = Text(zh="否", en="no")


def field_of(parameters: Parameters, name: str, subject: str = "household") -> Field | None:
    """Return the field of this name, of the household before anybody else; None for a derived column."""
    subjects = (parameters.fields[subject], *parameters.fields.values())
    return next((fields[name] for fields in subjects if name in fields), None)


def show_value(name: str, value: int | None, parameters: Parameters) -> Text:
    """Show what a column holds (取值显示).

    name        a field of the catalogue, or a derived column; one that ends in _fen is money
    value       the recorded number, None for unknown
    parameters  labels of fields and codes
    Returns     the value in both languages, without a unit
    """
    if value is None:
        return UNKNOWN
    if name.endswith("_fen"):
        return _same(yuan(value))
    field = field_of(parameters, name)
    if field is not None and field.type == "bool":
        return YES if value else NO
    if field is None or field.codes is None:
        return _same(str(value))
    codes = parameters.code_lists[field.codes]
    if field.type == "code":
        return codes.label(value)
    labels = [entry.label for entry in codes.entries if value >> entry.number & 1]
    if not labels:
        return Text(zh="无", en="none")
    return Text(zh="、".join(label.zh for label in labels), en=", ".join(label.en for label in labels))


def _same(shown: str) -> Text:
    return Text(zh=shown, en=shown)
