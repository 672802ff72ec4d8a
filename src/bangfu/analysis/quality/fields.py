"""The columns that quality rules may name, and how their values are read and shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bangfu.kernel.days import number_day
from bangfu.kernel.errors.parameters import QualityRuleWrong
from bangfu.kernel.texts import Text
from bangfu.params import CodeList

YES: Final = Text(zh="是", en="yes")
NO: Final = Text(zh="否", en="no")

_UNITS: Final[Mapping[str, tuple[int, Text]]] = {
    # type -> decimal places between the stored unit and the shown one, and the shown unit
    "age": (0, Text(zh="岁", en="")),
    "months": (0, Text(zh="个月", en=" months")),
    "year": (0, Text(zh="年", en="")),
    "fen": (2, Text(zh="元", en=" yuan")),
    "mu100": (2, Text(zh="亩", en=" mu")),
    "dm2": (2, Text(zh="平方米", en=" m²")),
    "km": (3, Text(zh="公里", en=" km")),
}


@dataclass(frozen=True, slots=True)
class QualityField:
    """A column of a subject's frame: its title, its type and, for codes and flags, its code list."""

    name: str
    title: Text
    type: str
    codes: CodeList | None = None

    def number(self, written: object, rule: str) -> int:
        """Return the number that the column carries for what a rule wrote: a number, yes/no or a label.

        A label of flags gives the mask in which only its bit is set. Raises QualityRuleWrong.
        """
        if isinstance(written, int):
            return int(written)
        number = self._code(written, rule)
        return 1 << number if self.type == "flags" else number

    def numbers(self, written: object, rule: str) -> list[int]:
        """Return the numbers of several labels (or numbers); raises QualityRuleWrong."""
        values = written if isinstance(written, list) else [written]
        return [value if isinstance(value, int) else self._code(value, rule) for value in values]

    def shown(self, written: object) -> Text:
        """Return what a rule wrote, or a column's value, as people read it with its unit."""
        if isinstance(written, list):
            return _joined([self.shown(value) for value in written])
        if self.type == "bool":
            return YES if written else NO
        if self.codes is not None:
            return self._label(written)
        if self.type == "day":
            day = number_day(int(str(written)))
            return Text(zh=f"{day.year}年{day.month}月{day.day}日", en=day.isoformat())
        places, unit = _UNITS.get(self.type, (0, Text(zh="", en="")))
        figure = format(Decimal(str(written)).scaleb(-places), "f")
        figure = figure.rstrip("0").rstrip(".") if places else figure
        english = unit.en.removesuffix("s") if figure == "1" else unit.en
        return Text(zh=f"{figure}{unit.zh}", en=f"{figure}{english}")

    def _code(self, label: object, rule: str) -> int:
        number = self.codes.number(str(label)) if self.codes is not None else None
        if number is None:
            raise QualityRuleWrong(rule=rule, part=f"{self.name}: {label}")
        return number

    def _label(self, written: object) -> Text:
        assert self.codes is not None, self.name
        if isinstance(written, str):
            return self.codes.label(self._code(written, self.name))
        number = int(str(written))
        if self.type != "flags":
            return self.codes.label(number)
        present = [entry.label for entry in self.codes.entries if number >> entry.number & 1]
        return _joined(present)


def _joined(texts: list[Text]) -> Text:
    *first, last = texts
    if not first:
        return last
    return Text(
        zh="、".join(text.zh for text in first) + f"或{last.zh}",
        en=" / ".join(text.en for text in texts),
    )
