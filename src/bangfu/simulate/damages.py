"""What departments' lists do to names and numbers: one planted damage a row, sometimes of name and number both."""

from collections.abc import Callable
from random import Random
from typing import Any, Final

from bangfu.simulate.identity import old_form

Cells = dict[str, Any]

_HOMOPHONES: Final = (
    "伟卫炜",
    "军君钧均",
    "勇永咏",
    "杰洁捷",
    "明鸣铭",
    "平萍苹",
    "辉晖徽",
    "建健剑",
    "志治智",
    "芳方坊",
    "丽莉利",
    "静净靖",
    "霞侠遐",
    "英瑛樱",
    "华桦骅",
    "玉钰郁",
    "梅枚玫",
    "云芸耘",
    "小晓筱",
    "文雯纹",
    "生升声",
    "福富甫",
    "成诚程",
    "荣容蓉",
    "宝保堡",
    "张章彰",
    "王汪旺",
    "李黎理",
    "陈辰晨",
    "杨阳羊",
    "周洲舟",
    "徐许絮",
    "林霖琳",
    "罗骆洛",
    "贵桂柜",
    "国郭帼",
    "春椿纯",
    "金今津",
    "超抄",
    "涛滔",
    "斌彬宾",
    "秀绣袖",
    "兰蓝澜",
    "慧惠会",
    "珍真贞",
    "新欣辛",
    "宇雨禹",
    "佳家嘉",
)  # fmt: skip  characters that sound alike, tones aside
_VARIANTS: Final = {
    "祎": "袆",
    "䶮": "龑",
    "贠": "员",
    "仝": "同",
    "逄": "逢",
    "禤": "轩",
    "昱": "煜",
    "璧": "壁",
    "娅": "亚",
}
"""Rare characters, and what a keyboard without them offers."""
_COMMON: Final = "伟芳娜秀敏静丽强磊军洋勇艳杰涛明超兰霞平刚桂"
_ALIKE: Final = {sign: group for group in _HOMOPHONES for sign in group}
_DIGITS: Final = "0123456789"


def id_one_digit(cells: Cells, rng: Random) -> bool:
    """One digit of the number is another."""
    number = str(cells["id_no"])
    place = rng.randrange(2, 17)
    other = rng.choice(_DIGITS.replace(number[place], ""))
    cells["id_no"] = number[:place] + other + number[place + 1 :]
    return True


def id_swapped(cells: Cells, rng: Random) -> bool:
    """Two neighbouring digits changed places."""
    number = str(cells["id_no"])
    places = [place for place in range(6, 16) if number[place] != number[place + 1]]
    if not places:
        return False
    place = rng.choice(places)
    cells["id_no"] = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return True


def id_old_form(cells: Cells, rng: Random) -> bool:
    """The number stands in its old form of fifteen digits."""
    del rng
    number = str(cells["id_no"])
    if number[6:8] != "19":
        return False
    cells["id_no"] = old_form(number)
    return True


def id_small_x(cells: Cells, rng: Random) -> bool:
    """The check character is a small x."""
    del rng
    number = str(cells["id_no"])
    cells["id_no"] = number.lower()
    return number.endswith("X")


def id_missing(cells: Cells, rng: Random) -> bool:
    """There is no number."""
    del rng
    cells["id_no"] = None
    return True


def name_one_character(cells: Cells, rng: Random) -> bool:
    """One character of the given name is another."""
    name = str(cells["name"])
    other = rng.choice(_COMMON.replace(name[-1], ""))
    cells["name"] = name[:-1] + other
    return True


def name_homophone(cells: Cells, rng: Random) -> bool:
    """One character is another that sounds alike (同音字)."""
    name = str(cells["name"])
    places = [place for place, sign in enumerate(name) if sign in _ALIKE]
    if not places:
        return False
    place = rng.choice(places)
    other = rng.choice(_ALIKE[name[place]].replace(name[place], ""))
    cells["name"] = name[:place] + other + name[place + 1 :]
    return True


def name_variant(cells: Cells, rng: Random) -> bool:
    """A rare character is written with another one."""
    del rng
    name = str(cells["name"])
    other = "".join(_VARIANTS.get(sign, sign) for sign in name)
    cells["name"] = other
    return other != name


def both(cells: Cells, rng: Random) -> bool:
    """The number is damaged or missing, and a character of the name is another that sounds alike."""
    return name_homophone(cells, rng) and rng.choice((id_one_digit, id_swapped, id_missing))(cells, rng)


DAMAGES: Final[tuple[Callable[[Cells, Random], bool], ...]] = (
    id_one_digit,
    id_swapped,
    id_old_form,
    id_small_x,
    id_missing,
    name_one_character,
    name_homophone,
    name_variant,
    both,
)


def damage(cells: Cells, rng: Random) -> str:
    """Damage the cells of a row in one way and return its name; '' where none of the ways tried fits the row."""
    for kind in rng.sample(DAMAGES, len(DAMAGES)):
        before = dict(cells)
        if kind(cells, rng):
            return kind.__name__
        cells.update(before)
    return ""
