"""Keep the catalogues of translations: gather texts from the code, update both languages, compile.

    ./run messages            gather, update locale/*/LC_MESSAGES/django.po, compile the .mo beside it
    python -m tools.messages --check tell what is missing, stale or filled differently; change nothing

Chinese is written by hand in the .po file. English repeats the message id, for that is English already.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "bangfu"
LANGUAGES = ("zh_Hans", "en")
KEYWORDS = {
    **dict.fromkeys(("mark", "_", "gettext", "gettext_lazy", "gettext_noop")),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACE = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%%")
FOUNDED = datetime(2026, 11, 22, tzinfo=UTC)  # a date of its own would change the file at every run


def po_file(language: str) -> Path:
    """Return where the catalogue of a language is written."""
    return SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"


def gather() -> Catalog:
    """Return every text of the source that is marked for translation."""
    template = Catalog(charset="utf-8", fuzzy=False)
    method_map = [("**.py", "python"), ("**/templates/**.html", "tools.messages:from_template")]
    found = extract_from_dir(SOURCE, method_map=method_map, keywords=KEYWORDS, comment_tags=())
    for name, _line, message, _comments, context in found:
        template.add(message, None, [(f"bangfu/{name}", 0)], context=context)
    return template


def from_template(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Yield the texts of a template: Django turns it into lines of Python, which are read as such."""
    lines = templatize(file.read().decode("utf-8"), origin=getattr(file, "name", None))
    yield from extract_python(BytesIO(lines.encode("utf-8")), keywords, comment_tags, options)


def read(language: str) -> Catalog:
    """Return the catalogue of a language as it stands."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """Bring a language's catalogue to the texts of the source, compile it and return it."""
    path = po_file(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = Catalog(locale=language, project="bangfu", version="1", charset="utf-8", fuzzy=False)
    catalogue.creation_date = catalogue.revision_date = FOUNDED
    catalogue.last_translator = catalogue.language_team = catalogue.msgid_bugs_address = "bangfu"
    catalogue.header_comment = f"# Texts of bangfu: {language}"
    kept = {message.id: message.string for message in read(language)} if path.exists() else {}
    for message in gather():
        if message.id:
            own = message.id if language == "en" else kept.get(message.id, "")
            catalogue.add(message.id, own, locations=message.locations, context=message.context)
    with path.open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, width=118)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the message ids that have no translation yet."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def problems(language: str) -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with a language's catalogue."""
    catalogue = read(language)
    wanted = {message.id for message in gather() if message.id}
    known = {message.id for message in catalogue if message.id}
    yield from (f"{language}: not gathered: {text!r}; run ./run messages" for text in sorted(map(str, wanted - known)))
    yield from (
        f"{language}: no longer used: {text!r}; run ./run messages" for text in sorted(map(str, known - wanted))
    )
    yield from (f"{language}: not translated: {text!r}" for text in untranslated(catalogue))
    for message in catalogue:
        if message.id and message.string and places(message.string) != places(message.id):
            yield f"{language}: other places to fill than in {message.id!r}: {message.string!r}"
    box = BytesIO()
    write_mo(box, catalogue)
    box.seek(0)
    compiled = po_file(language).with_suffix(".mo")
    if not compiled.exists() or _said(BytesIO(compiled.read_bytes())) != _said(box):
        yield f"{language}: django.mo is older than django.po; run ./run messages"


def _said(compiled: BytesIO) -> dict[str, str]:
    translations = vars(GNUTranslations(compiled))["_catalog"]
    return {key: text for key, text in translations.items() if key}


def places(text: str | tuple[str, ...]) -> list[str]:
    """Return the different %(name)s places of a text in alphabetical order."""
    return sorted(set(PLACE.findall(text if isinstance(text, str) else text[-1])))


def main() -> int:
    """Update or check both catalogues; return the exit status."""
    if "--check" in sys.argv[1:]:
        found = [problem for language in LANGUAGES for problem in problems(language)]
        print("\n".join(found) or "Both catalogues are complete.")
        return int(bool(found))
    for language in LANGUAGES:
        missing = untranslated(update(language))
        print(f"{po_file(language).relative_to(ROOT)}: {len(missing)} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
