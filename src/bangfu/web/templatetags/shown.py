"""How numbers, days and texts of the field are shown, in the language of the page."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext

from bangfu.analysis.show import show_value
from bangfu.kernel import money
from bangfu.kernel.texts import Text, day_said
from bangfu.params import load

register = template.Library()

MISSING: Final = "—"
"""What stands where nothing is known: never 0, never an empty cell."""


@register.filter
def said(text: Text | Mapping[str, str] | str | None) -> str:
    """Return a text of the field in the language of the page; a mapping has the keys zh and en."""
    if text is None:
        return MISSING
    if isinstance(text, str):
        return text
    return (text if isinstance(text, Text) else Text(zh=text["zh"], en=text["en"])).say(get_language() or "")


@register.filter
def count(number: int | None) -> str:
    """Return a whole number with thousands separators."""
    return MISSING if number is None else f"{number:,}"


@register.filter
def yuan(fen: int | None) -> str:
    """Return fen as yuan: 1,234.56."""
    return MISSING if fen is None else money.yuan(fen)


@register.filter
def wan(fen: int | None) -> str:
    """Return fen as ten thousand yuan (万元): 12.35."""
    if fen is None:
        return MISSING
    return f"{(Decimal(fen) / money.FEN_PER_WAN).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):,}"


@register.filter
def day(value: date | None) -> str:
    """Return a day as people write it: 2017年10月12日, 12 October 2017."""
    return MISSING if value is None else day_said(value).say(get_language() or "")


@register.filter
def moment(value: datetime | None) -> str:
    """Return an instant in Beijing time: the day and 14:05."""
    if value is None:
        return MISSING
    local = timezone.localtime(value)
    return f"{day(local.date())} {local:%H:%M}"


@register.filter
def outcome(value: int | None) -> str:
    """Return yes, no or unknown in words: a missing fact is never a no."""
    if value is None:
        return gettext("unknown")
    return gettext("yes") if value else gettext("no")


@register.filter
def percent(share: Any) -> str:
    """Return a share as per cent with two decimals; a share is a pair of numerator and denominator."""
    if share is None or not share[1] or share[0] is None:
        return MISSING
    return f"{(Decimal(share[0]) * 100 / Decimal(share[1])).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}%"


@register.filter
def recorded(fact: Any) -> str:
    """Return a recorded fact of the catalogue with its unit: money in yuan, land in mu, codes by their words."""
    kind, value = fact.field.type, fact.value
    if kind == "fen":
        return gettext("%(amount)s yuan") % {"amount": yuan(value)}
    if kind == "mu100":
        return gettext("%(amount)s mu") % {"amount": f"{(Decimal(value) / 100).normalize():,f}"}
    return count(value) if kind == "count" else said(show_value(fact.field.name, value, load()))
