"""How names are searched and sorted: pinyin and initials (拼音、首字母), whole columns at once."""

import polars as pl
from pypinyin import lazy_pinyin

_SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "曾": "zeng",
    "解": "xie",
    "查": "zha",
    "区": "ou",
    "任": "ren",
    "盖": "ge",
    "朴": "piao",
}
"""Characters that read otherwise as a surname."""


def pinyin_columns(names: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return the pinyin (words joined by spaces) and the initials of a column of names; null stays null."""
    characters = {character for name in names.drop_nulls().unique().to_list() for character in name}
    spelled = {character: lazy_pinyin(character)[0] for character in characters}
    written = [None if name is None else _spell(name, spelled) for name in names.to_list()]
    pinyin = pl.Series("pinyin", [None if words is None else " ".join(words) for words in written], pl.String)
    initials = ["".join(word[0] for word in words if word) if words is not None else None for words in written]
    return pinyin, pl.Series("initials", initials, pl.String)


def _spell(name: str, spelled: dict[str, str]) -> list[str]:
    if not name:
        return []
    return [_SURNAMES.get(name[0], spelled[name[0]]), *(spelled[character] for character in name[1:])]
