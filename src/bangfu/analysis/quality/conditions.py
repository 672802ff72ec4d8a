"""The condition language of the data-quality catalogue (数据质量规则的条件语言).

A rule says once when it fires; the test on columns and the message to people are both made from
that one tree, so they cannot drift apart.

    CONDITION = {all: [CONDITION..]} | {any: [CONDITION..]} | {not: CONDITION} | COMPARISON
    COMPARISON = LEFT, op, RIGHT
    LEFT  = field: NAME | persons: WHICH | households: WHICH | persons_sum: NAME      [times: n]
    RIGHT = value: NUMBER or LABEL or [LABEL..] | parameter: PROGRAMME.NAME or [PROGRAMME.NAME..]
          | other_field: NAME | other_persons: WHICH | other_persons_sum: NAME        [other_times: n]
    WHICH = all | CONDITION on the persons (or households) that are counted

`op` is one of < <= > >= == != in not_in has is_null not_null; `has` asks a column of flags for any
of the labels. Codes are named by label. Products are compared, never quotients.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bangfu.kernel.errors.parameters import QualityRuleWrong

COMPARISONS: Final = ("<", "<=", ">", ">=", "==", "!=")
MEMBERSHIPS: Final = ("in", "not_in", "has")
NULL_TESTS: Final = ("is_null", "not_null")
GROUPS: Final = ("all", "any", "not")
RIGHTS: Final = ("value", "parameter", "other_field", "other_persons", "other_persons_sum")
LEFTS: Final = ("field", "persons", "households", "persons_sum")
KEYS: Final = frozenset((*LEFTS, *RIGHTS, "op", "times", "other_times"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the subject's own frame."""

    name: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many persons or households of the subject meet a condition (None: all of them)."""

    of: str
    which: "Condition | None"


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column over the subject's persons; what is unknown adds nothing."""

    column: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a label or several labels, as written in the rule."""

    value: object


@dataclass(frozen=True, slots=True)
class Law:
    """A dated value, `PROGRAMME.NAME`; of several, the first that is in force on the day counts."""

    names: tuple[str, ...]


COUNTED_SUBJECTS: Final = {"persons": "person", "households": "household"}
"""Whose columns the condition of a count names."""

Side = Column | Count | Sum | Constant | Law


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison; `right` is None for is_null and not_null."""

    left: Side
    op: str
    right: Side | None
    times: int
    other_times: int


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions joined by all, any or not."""

    how: str
    parts: tuple["Condition", ...]


Condition = Comparison | Group


def parse_condition(tree: object, code: str) -> Condition:
    """Return the condition that a rule's `when` tree says.

    tree  the plain mapping from YAML
    code  the rule's code, for the error
    Raises QualityRuleWrong for an unknown key or operator, or a side that is missing or written twice.
    """
    if not isinstance(tree, Mapping):
        raise QualityRuleWrong(rule=code, part=repr(tree))
    groups = [key for key in GROUPS if key in tree]
    if not groups:
        return _comparison(tree, code)
    if len(tree) != 1:
        raise QualityRuleWrong(rule=code, part=", ".join(map(str, tree)))
    how = groups[0]
    inner = tree[how]
    parts = [inner] if how == "not" else inner
    if not isinstance(parts, list) or not parts:
        raise QualityRuleWrong(rule=code, part=how)
    return Group(how, tuple(parse_condition(part, code) for part in parts))


def comparisons(condition: Condition, subject: str) -> Iterator[tuple[Comparison, str]]:
    """Yield every comparison with the subject whose columns it names, in the order written.

    Comparisons inside a count follow the comparison that counts.
    """
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from comparisons(part, subject)
        return
    yield condition, subject
    for side in (condition.left, condition.right):
        if isinstance(side, Count) and side.which is not None:
            yield from comparisons(side.which, COUNTED_SUBJECTS[side.of])


def own_comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons on the subject's own table, without those inside counts."""
    if isinstance(condition, Group):
        for part in condition.parts:
            yield from own_comparisons(part)
    else:
        yield condition


def _comparison(tree: Mapping[str, object], code: str) -> Comparison:
    unknown = [str(key) for key in tree if key not in KEYS]
    lefts = [key for key in LEFTS if key in tree]
    rights = [key for key in RIGHTS if key in tree]
    op = tree.get("op")
    wanted = 0 if op in NULL_TESTS else 1
    known = op in COMPARISONS or op in MEMBERSHIPS or op in NULL_TESTS
    if unknown or not known or len(lefts) != 1 or len(rights) != wanted:
        raise QualityRuleWrong(rule=code, part=", ".join(unknown) or str(dict(tree)))
    right = _side(rights[0].removeprefix("other_"), tree[rights[0]], code) if rights else None
    if op in MEMBERSHIPS and not isinstance(right, Constant):
        raise QualityRuleWrong(rule=code, part=str(op))
    return Comparison(
        left=_side(lefts[0], tree[lefts[0]], code),
        op=str(op),
        right=right,
        times=_factor(tree.get("times", 1), code),
        other_times=_factor(tree.get("other_times", 1), code),
    )


def _side(kind: str, written: object, code: str) -> Side:
    if kind == "value":
        return Constant(written)
    if kind in ("persons", "households"):
        return Count(kind, None if written == "all" else parse_condition(written, code))
    if kind == "parameter":
        names = written if isinstance(written, list) else [written]
        return Law(tuple(str(name) for name in names))
    name = str(written)
    return Sum(name) if kind == "persons_sum" else Column(name)


def _factor(written: object, code: str) -> int:
    if isinstance(written, bool) or not isinstance(written, int):
        raise QualityRuleWrong(rule=code, part=repr(written))
    return written
