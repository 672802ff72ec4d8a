"""Values as somebody sees them (脱敏): in words, masked, or not at all. The only place where a value becomes text.

A masked phone shows its last four digits; of an identity number and of a card only that one is on file,
for with county and age known four digits of a number are nearly the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bangfu.access.field_classes import Sight, Sights
from bangfu.analysis.show import show_value
from bangfu.kernel.days import OPEN_START
from bangfu.kernel.secrets import Keys
from bangfu.kernel.texts import Text
from bangfu.params import Field, Parameters

ON_FILE: Final = Text(zh="已登记", en="on file")
_SHOWN_DIGITS: Final = 4
_SCALES: Final = {"mu100": (100, "亩", "mu"), "dm2": (100, "平方米", "m²"), "km": (1000, "公里", "km")}
"""How many of the stored unit make one of the unit that people read."""
SEALED: Final = {
    "id_no": ("identity", "id_sealed"),
    "phone": ("identity", "phone_sealed"),
    "household_phone": ("contact", "phone_sealed"),
    "account": ("contact", "account_sealed"),
}
"""Field -> topic and column under which its value lies sealed."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value as one person sees it.

    text   the words; None where nothing is recorded, or nothing may be said
    sight  how much of it is seen
    """

    text: Text | None
    sight: Sight

    @property
    def hidden(self) -> bool:
        """Tell whether the person may not even know whether there is a value."""
        return self.sight == Sight.NONE

    @property
    def masked(self) -> bool:
        """Tell whether there is a value of which the person sees a mask."""
        return self.sight == Sight.MASKED and self.text is not None


def unit_of(field: Field) -> Text | None:
    """Return the unit in which people read a field; None where it has none, or its label says it."""
    if field.type not in _SCALES:
        return None
    _, zh, en = _SCALES[field.type]
    return Text(zh=zh, en=en)


def told(field: Field, value: object, sights: Sights, parameters: Parameters, age: int | None = None) -> Told:
    """Return what somebody sees of a value.

    value   as the register stores it, opened where it was sealed; None where nothing is recorded
    sights  what the person sees of the household
    age     of the person whose field it is
    """
    sight = sights.of(field, age)
    if sight == Sight.NONE or value is None:
        return Told(None, sight)
    return Told(mask(field, value) if sight == Sight.MASKED else words(field, value, parameters), sight)


def mask(field: Field, value: object) -> Text:
    """Return what a masked value shows."""
    if field.type == "phone":
        end = str(value)[-_SHOWN_DIGITS:]
        return Text(zh=f"****{end}", en=f"****{end}")
    return ON_FILE


def words(field: Field, value: object, parameters: Parameters) -> Text | None:
    """Return a value in full as people read it; None for a day that nobody knows."""
    if isinstance(value, date):
        return None if value <= OPEN_START else Text(zh=f"{value.year}年{value.month}月{value.day}日", en=f"{value}")
    if field.type in _SCALES and isinstance(value, int):
        unit, zh, en = _SCALES[field.type]
        return Text(zh=f"{value / unit:,.2f}{zh}", en=f"{value / unit:,.2f} {en}")
    if isinstance(value, int):
        return show_value(field.name, int(value), parameters)
    return Text(zh=str(value), en=str(value))


def opened(field: str, subject: int, row: Mapping[str, object], keys: Keys) -> str | None:
    """Return the sealed value of a field of a person or a household; None where nothing is recorded.

    row  the row in force of its topic, with the sealed column
    """
    topic, column = SEALED[field]
    sealed = row.get(column)
    if sealed is None:
        return None
    return keys.decrypt(bytes.fromhex(str(sealed)), f"{topic}|{field}|{subject}").decode()
