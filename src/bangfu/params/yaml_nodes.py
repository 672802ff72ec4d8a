"""The nodes of a YAML file, each with a plain tag and its line."""

import re
from typing import Final

import yaml

TAG: Final = "tag:yaml.org,2002:"
STR: Final = TAG + "str"
INT: Final = TAG + "int"
BOOL: Final = TAG + "bool"
NULL: Final = TAG + "null"
DAY: Final = TAG + "timestamp"
FLOAT: Final = TAG + "float"
SEQ: Final = TAG + "seq"
MAP: Final = TAG + "map"

_NUMERIC: Final = (
    (INT, re.compile(r"[-+]?[0-9][0-9_]*")),
    (DAY, re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")),
    (FLOAT, re.compile(r"[-+]?[0-9_]*\.[0-9_]*([eE][-+]?[0-9]+)?")),
)
_TRUTH: Final = ("true", "false", "yes", "no", "on", "off")
_WORDS: Final = dict.fromkeys((case for word in _TRUTH for case in (word, word.title(), word.upper())), BOOL) | (
    dict.fromkeys(("~", "null", "Null", "NULL"), NULL)
)
_DIGITAL: Final = frozenset("+-.0123456789")


class Nodes(yaml.CSafeLoader):
    """The parser of libyaml, with a resolver that knows only what parameter files hold.

    Words like yes and on count as truth values, so that the strict reader refuses them where text
    or true and false are wanted.
    """

    def resolve(self, kind: type[yaml.Node], value: str | None, implicit: object) -> str:
        """Return the tag of a node; a quoted scalar is text, whatever it looks like."""
        if kind is not yaml.ScalarNode:
            return SEQ if kind is yaml.SequenceNode else MAP
        if not value or not isinstance(implicit, tuple) or not implicit[0]:
            return NULL if value == "" and isinstance(implicit, tuple) and implicit[0] else STR
        if value[0] in _DIGITAL:
            for name, pattern in _NUMERIC:
                if pattern.fullmatch(value):
                    return name
        return _WORDS.get(value, STR)

    def descend_resolver(self, parent: yaml.Node | None, index: object) -> None:
        """Do nothing: no tag here depends on the path."""

    def ascend_resolver(self) -> None:
        """Do nothing: no tag here depends on the path."""
