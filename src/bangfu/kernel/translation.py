"""Says the texts of the program in the language of who asks (译文).

A text is written once, in English, where it belongs: an error's `message`, a command's sentence. That
English is the key of its translation in `bangfu/locale`; here it is looked up and filled with its
facts. Only the doors call this; everything below logs and raises in English.
"""

import os
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path
from typing import Final

from bangfu.kernel.errors import BangfuError
from bangfu.kernel.texts import Text

LANGUAGE_VARIABLE: Final = "BANGFU_LANG"
LOCALE: Final = Path(__file__).resolve().parent.parent / "locale"


def chosen_language() -> str:
    """Return the language that `BANGFU_LANG` asks for: `en` for any kind of English, else `zh` (默认中文)."""
    return "en" if os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith("en") else "zh"


def say(message: BangfuError | str, facts: Mapping[str, object] | None = None, language: str | None = None) -> str:
    """Return a message in `language` with its facts filled in.

    message   an error, which brings its own facts and is led by its code; or an English message id
    facts     the named values of a message id; a `Text` among them is said in the same language
    language  `zh`, `en` or a longer code of either; what `BANGFU_LANG` chooses when left out
    """
    spoken = language or chosen_language()
    if isinstance(message, BangfuError):
        return f"{message.code} {_filled(message.message, message.facts, spoken)}"
    return _filled(message, facts or {}, spoken)


def _filled(message: str, facts: Mapping[str, object], language: str) -> str:
    said = {name: fact.say(language) if isinstance(fact, Text) else fact for name, fact in facts.items()}
    translated = _catalogue("zh_Hans" if language.startswith("zh") else "en").gettext(message) if message else message
    return translated % said if said else translated


@cache
def _catalogue(locale: str) -> GNUTranslations | NullTranslations:
    return translation("django", localedir=LOCALE, languages=[locale], fallback=True)
