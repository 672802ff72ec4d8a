"""Write the reference pages of docs/reference from the code and the parameters.

    ./run reference             write the pages
    python -m tools.reference --check  tell which pages are older than what they describe; change nothing

A page is never edited by hand: what it says is said once, beside the thing itself.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from importlib import import_module
from itertools import groupby
from pathlib import Path

import django

from bangfu.kernel import errors as error_tree
from bangfu.kernel.errors import BangfuError
from bangfu.kernel.translation import say
from bangfu.params import Parameters, load
from tools.command_pages import commands
from tools.programme_pages import programme_pages, where
from tools.tables import both, cell, provisional, table

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
WRITTEN = "<!-- Written by ./run reference. Change the parameters or the code instead. -->"
API = "openapi.json"


def fields(parameters: Parameters) -> Iterator[str]:
    """Describe every field that the register keeps, with the headers under which ledgers carry it."""
    yield (
        "# Fields (字段)\n\nWhat the register keeps of a household, a person and a village, by topic. "
        "A ledger's column is recognised by its label or by any of the other headers. The class says who sees it: "
        "D0 everybody, D1 and D2 those who work with villages and households, D3 masked until opened with a reason, "
        "D4 masked.\n"
    )
    for subject, of_subject in parameters.fields.items():
        yield f"## {subject}\n"
        for topic, group in groupby(of_subject.values(), key=lambda field: field.topic):
            yield f"### {subject}: {topic}\n"
            yield table(
                ("field", "type", "class", "label", "in English", "other headers"),
                (
                    (
                        f"`{f.name}`",
                        f"{f.type} {f.codes or ''}".strip(),
                        f"D{f.privacy}",
                        f.title.zh,
                        f.title.en,
                        "、".join(f.aliases),
                    )
                    for f in group
                ),
            )


def days(start: date | None, end: date | None) -> str:
    """Return in words between which days something holds; empty where none is set."""
    return " ".join([*([f"from {start}"] if start else []), *([f"until {end}"] if end else [])])


def codes(parameters: Parameters) -> Iterator[str]:
    """Describe every code list with its labels."""
    yield "# Code lists (代码表)\n\nLabels decide, never bare numbers: local systems reorder the numbers.\n"
    for name, one in sorted(parameters.code_lists.items()):
        yield f"## {name}: {both(one.title)}\n"
        yield f"Source: {cell(one.source.title)}{provisional(one.source)}\n"
        head = ("number", "label", "in English", "national code", "other wordings")
        rows = [(str(e.number), e.label.zh, e.label.en, e.code or "", "、".join(e.aliases)) for e in one.entries]
        chosen = [days(e.start, e.end) + (provisional(e.source) if e.source else "") for e in one.entries]
        if any(chosen):
            head, rows = (*head, "chosen"), [(*row, when) for row, when in zip(rows, chosen, strict=True)]
        yield table(head, rows)


def quality(parameters: Parameters) -> Iterator[str]:
    """Describe the rules of data quality."""
    yield (
        "# Data quality (数据质量规则)\n\nA problem is a question to a person. "
        "An error keeps its row out, a warning and a notice do not.\n"
    )
    for family, group in groupby(parameters.quality, key=lambda one: one.family):
        yield f"## {family}\n"
        yield table(
            ("code", "subject", "severity", "message", "in English", "source"),
            ((f"`{r.code}`", r.subject, r.severity, r.message.zh, r.message.en, where(r.source)) for r in group),
        )


def indicators(parameters: Parameters) -> Iterator[str]:
    """Describe the indicators."""
    yield "# Indicators (指标)\n"
    yield table(
        ("indicator", "title", "definition", "numerator", "denominator", "unit", "better"),
        (
            (
                f"`{i.name}`",
                both(i.title),
                f"{i.definition.zh} {i.definition.en}",
                i.numerator,
                i.denominator or "",
                i.unit,
                i.direction,
            )
            for i in parameters.indicators
        ),
    )


def errors(_: Parameters) -> Iterator[str]:
    """Describe every error that a user can meet."""
    yield "# Errors (错误)\n\nEach has a code that stays. Its sentence says what is wrong, where, and what to do.\n"
    yield "```text\n" + (error_tree.__doc__ or "").split("\n\n")[1] + "\n```\n"
    known = sorted({one.code: one for one in classes(BangfuError) if one.message}.items())
    rows = ((f"`{code}`", one.__name__, say(one.message, language="zh"), one.message) for code, one in known)
    yield table(("code", "name", "message", "in English"), rows)


def classes(root: type[BangfuError]) -> Iterator[type[BangfuError]]:
    """Yield every class below an error."""
    for one in root.__subclasses__():
        yield one
        yield from classes(one)


ONE_PAGE: dict[str, Callable[[Parameters], Iterable[str]]] = {
    "fields.md": fields,
    "codes.md": codes,
    "quality.md": quality,
    "indicators.md": indicators,
    "errors.md": errors,
    "commands.md": lambda _: commands(),
}


def pages() -> dict[str, str]:
    """Return every page of the reference by its file name."""
    parameters = load()
    content = {name: describe(parameters) for name, describe in ONE_PAGE.items()} | programme_pages(parameters)
    written = {name: f"{WRITTEN}\n\n" + "\n".join(parts).rstrip() + "\n" for name, parts in content.items()}
    titles = {name: text.split("\n# ")[1].splitlines()[0] for name, text in written.items()}
    index = "\n".join(f"- [{titles[name]}]({name})" for name in written)
    index += f"\n- [REST API (接口), as OpenAPI 3.1]({API})"
    return {"README.md": f"{WRITTEN}\n\n# Reference (参考)\n\n{index}\n"} | written | {API: openapi()}


def openapi() -> str:
    """Return the description of the API as programs read it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.site.settings")
    django.setup()
    described = import_module("bangfu.api.routes").description()
    return json.dumps(described, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def present() -> dict[str, str]:
    """Return the pages that are there, by file name."""
    paths = (*PAGES.glob("*.md"), *PAGES.glob("*.json"))
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def main() -> int:
    """Write or check the pages; return the exit status."""
    wanted, there = pages(), present()
    if "--check" in sys.argv[1:]:
        stale = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
        print(
            "\n".join(f"docs/reference/{name} is stale: ./run reference" for name in stale) or "The reference is fresh."
        )
        return int(bool(stale))
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in there.keys() - wanted.keys():
        (PAGES / name).unlink()
    for name, text in wanted.items():
        (PAGES / name).write_text(text, encoding="utf-8")
    print(f"docs/reference: {len(wanted)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
