"""Quality rules: one definition each of test and message over the register's fields (数据质量规则)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bangfu.kernel.errors.parameters import NameTwice
from bangfu.kernel.texts import Text
from bangfu.params.field import SUBJECTS, Fields
from bangfu.params.source import Source, Sources, source_of
from bangfu.params.yaml_file import Table

SEVERITIES: Final = frozenset({"error", "warning", "notice"})


@dataclass(frozen=True, slots=True)
class QualityRule:
    """One rule of data quality (数据质量规则).

    code      stable code that problems carry
    subject   person, household or village: what one problem is about
    severity  error, warning or notice
    family    name of the group of rules, the file's
    message   what is wrong, and what to do
    when      the condition under which the problem stands, a tree of plain values
    fields    the fields that the condition reads, in the order in which it names them
    source    where the rule comes from
    """

    code: str
    subject: str
    severity: str
    family: str
    message: Text
    when: Mapping[str, Any]
    fields: tuple[str, ...]
    source: Source


def _names(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, list):
        for branch in tree:
            yield from _names(branch)
    elif isinstance(tree, dict):
        for key, branch in tree.items():
            yield key
            yield from _names(branch)


def read_quality(files: Mapping[str, Table], fields: Fields, sources: Sources) -> tuple[QualityRule, ...]:
    """Return the rules of quality/*.yaml in the order of files; raises NameTwice for a code that stands twice."""
    known = frozenset(name for names in fields.values() for name in names)
    rules: dict[str, QualityRule] = {}
    for file in files.values():
        file.allow(frozenset({"family", "title", "rules"}))
        family = file["family"].text()
        file["title"].both()
        for table in file["rules"].tables():
            table.allow(frozenset({"code", "subject", "severity", "message", "when", "source"}))
            code = table["code"].text()
            if code in rules:
                spot = table["code"].spot
                raise NameTwice(
                    file=spot.file, line=spot.line, kind="the rule", name=code, other=f"the family {rules[code].family}"
                )
            when = {key: cell.plain() for key, cell in table["when"].table().items()}
            rules[code] = QualityRule(
                code=code,
                subject=table["subject"].choice(SUBJECTS),
                severity=table["severity"].choice(SEVERITIES),
                family=family,
                message=table["message"].both(),
                when=when,
                fields=tuple(dict.fromkeys(name for name in _names(when) if name in known)),
                source=source_of(table, sources),
            )
    return tuple(rules.values())
