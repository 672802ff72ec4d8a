"""Texts that people read, in Chinese and in English.

Two kinds exist. Texts of the field (titles of criteria, messages of checks) stand beside the
definition that they describe, as a `Text` with both languages. Texts of the program (errors,
commands) are English message ids that gettext translates at the door.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final


def mark(message: str) -> str:
    """Mark an English message for the catalogue of translations and return it unchanged."""
    return message


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the field in both languages (双语文本)."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en

    def fill(self, facts: Mapping[str, object]) -> "Text":
        """Return the text with its %(name)s places filled from `facts`."""
        return Text(zh=self.zh % facts, en=self.en % facts)

    def say(self, language: str) -> str:
        """Return the text in `language`: Chinese for any code that begins with zh, else English."""
        return self.zh if language.startswith("zh") else self.en


def day_said(day: date) -> Text:
    """Return a day as people write it: 2017年10月12日, 12 October 2017."""
    return Text(zh=f"{day.year}年{day.month}月{day.day}日", en=f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""In English whatever the locale of the machine is."""
