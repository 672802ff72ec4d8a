"""Short texts of the command line in the language of who asks."""

from typing import Any

from bangfu.kernel.texts import Text
from bangfu.kernel.translation import chosen_language


def phrase(zh: str, en: str, **facts: Any) -> str:
    """Return one text of the command line, filled, in the language that BANGFU_LANG chooses."""
    return Text(zh=zh, en=en).fill(facts).say(chosen_language())


def outcome_word(outcome: int | bool | None) -> str:
    """Return yes, no or unknown as people say it."""
    if outcome is None:
        return phrase("待核实", "unknown")
    return phrase("是", "yes") if outcome else phrase("否", "no")
