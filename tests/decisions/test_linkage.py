"""Likely matches by name, damaged number, birth and place: one person a row at most, a tie is none."""

import polars as pl
import pytest

from bangfu.decisions import linkage
from bangfu.decisions.linkage import FOUND, SIDE, likely_matches, prepared_model
from bangfu.kernel.errors.comparisons import LinkageMissing
from bangfu.kernel.ids import check_character
from bangfu.registry.names import pinyin_columns

VILLAGES = 200


def number(turn):
    first = f"990101{1950 + turn % 50}{turn % 12 + 1:02d}{turn % 28 + 1:02d}{turn * 7 % 1000:03d}"
    return first + check_character(first)


def people(*rows):
    """Persons or rows of these names, numbers, villages and birth days; a village is in the town of its tens."""
    frame = pl.DataFrame(
        [(turn + 1, name, id_no, village, born) for turn, (name, id_no, village, born) in enumerate(rows)],
        schema={"unique_id": pl.Int64, "name": pl.String, "id_no": pl.String, "village": pl.Int64, "born_on": pl.Int32},
        orient="row",
    )
    pinyin, initials = pinyin_columns(frame["name"])
    return frame.with_columns(
        pinyin, initials, sure=pl.col("id_no").is_not_null(), town=pl.col("village") // 10
    ).select(*SIDE)


REGISTER = people(
    ("张建伟", number(1), 1, None),
    ("李秀英", number(2), 2, None),
    ("王小川", number(3), 3, None),
    ("赵明", None, 4, 19700101),
    ("陈玉兰", number(5), 5, None),
    ("陈玉兰", number(6), 5, None),
    *(
        (
            f"{'钱孙周吴郑冯褚卫蒋沈'[turn % 10]}{'子丑寅卯辰巳午未申酉戌亥'[turn % 12]}{'甲乙丙丁戊己庚'[turn % 7]}",
            number(turn + 10),
            turn % VILLAGES,
            None,
        )
        for turn in range(4000)
    ),
)


def found(name, id_no=None, village=None, born=None, *, sure=False):
    """Whom one row means: the person, None where nobody is likely enough, and whether it is ambiguous."""
    row = people((name, id_no, village, born)).with_columns(sure=pl.lit(sure))
    told = likely_matches(row, REGISTER).to_dicts()
    return (told[0]["person"], told[0]["ambiguous"]) if told else None


def wrong_digit(text, place=9):
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


def swapped(text, place=14):
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


@pytest.mark.parametrize(
    ("row", "person"),
    [
        pytest.param(("张建伟", wrong_digit(number(1)), 1), 1, id="one digit differs"),
        pytest.param(("张建伟", swapped(number(1)), 1), 1, id="two digits changed places"),
        pytest.param(("张建伟", wrong_digit(number(1)), None), 1, id="one digit differs and no place"),
        pytest.param(("章建卫", wrong_digit(number(1)), 1), 1, id="a name of the same sound and one digit"),
        pytest.param(("张建伟", None, 1), 1, id="no number, same village"),
        pytest.param(("王小穿", None, 3), 3, id="no number, a name of the same sound, same village"),
        pytest.param(("赵明", None, 4, 19700101), 4, id="no number on either side, same birth day"),
        pytest.param(("张建伟", None, None), None, id="a name alone means nobody"),
        pytest.param(("张建伟", None, 31), None, id="a name in another town means nobody"),
        pytest.param(("刘大海", None, 1), None, id="a stranger of the village"),
        pytest.param(("刘大海", wrong_digit(number(400)), 1), None, id="a stranger with a number of nobody"),
    ],
)
def test_a_row_means_whom_it_fits(row, person):
    told = found(*row)
    assert told == ((person, False) if person else None)


def test_two_who_fit_equally_well_are_a_tie():
    assert found("陈玉兰", None, 5)[1]


def test_two_good_numbers_that_differ_are_two_persons():
    assert found("张建伟", number(700), 1, sure=True) is None


def test_a_good_number_may_mean_somebody_who_has_none_in_the_register():
    assert found("赵明", number(701), 4, 19700101, sure=True) == (4, False)


def test_a_likely_match_is_never_certain():
    told = likely_matches(people(("张建伟", wrong_digit(number(1)), 1, None)).with_columns(sure=False), REGISTER)
    assert prepared_model().threshold_bp <= told["score_bp"][0] < 10_000


@pytest.mark.parametrize("rows", [REGISTER.clear(), people(("张建伟", None, 1, None))], ids=["no row", "no register"])
def test_nothing_is_compared_with_nothing(rows):
    told = likely_matches(rows, REGISTER.clear())
    assert told.is_empty()
    assert dict(told.schema) == FOUND


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(linkage, "linkage_stands", lambda: False)
    with pytest.raises(LinkageMissing):
        likely_matches(REGISTER, REGISTER)


def test_nothing_that_is_compared_is_logged(caplog, capfd):
    caplog.set_level("DEBUG")
    found("张建伟", wrong_digit(number(1)), 1)
    told = caplog.text + "".join(capfd.readouterr())
    assert "张建伟" not in told
    assert number(1)[6:14] not in told


def test_the_levels_of_a_comparison_end_with_all_others():
    for levels in prepared_model().comparisons.values():
        assert levels[0]["unknown"]
        assert levels[-1]["sql"] == "else"
        assert sum(level["m"] for level in levels[1:]) == pytest.approx(1, abs=0.011)
