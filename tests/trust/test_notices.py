"""A notice gives nobody away: no number is on it, and ten thousand remain possible for each who is named."""

import io
from datetime import date, timedelta

import pytest

from bangfu.documents.paper import notice_pdf
from bangfu.kernel.codes import Level, ancestor
from bangfu.kernel.ids import check_character
from tests.documents.notices import notice, pages_of
from tests.trust.candidates import ENOUGH, OLDEST, Told, candidates, told_by
from tests.web.registered import known_households

DAY = date(2017, 1, 9)
COUNTY = "990101"
YEAR = (date(1970, 1, 1), date(1970, 12, 31))
LIFE = (DAY - timedelta(days=OLDEST * 365 + 25), DAY)


@pytest.fixture
def lines(hamlet):
    """The lines of the notice of every village of the demonstration, all its households proposed, and the titles."""
    import polars as pl

    from bangfu.procedures.notices import columns_of, lines_of

    known = known_households()
    frame = pl.DataFrame(
        {
            "case": range(1, len(known) + 1),
            "county": [ancestor(one.village, Level.COUNTY) for one in known],
            "place": [one.village for one in known],
            "subject_kind": ["household"] * len(known),
            "subject_id": [one.household for one in known],
            "proposal": ["identified"] * len(known),
        }
    )
    told = {place: [line[:-1] for line in lines] for place, lines in lines_of(frame, DAY).items()}
    return [text.zh for text in columns_of("household")], told, known


@pytest.mark.store
def test_for_everybody_on_a_notice_ten_thousand_identity_numbers_remain(lines):
    columns, by_village, known = lines
    counts = {candidates(told_by(columns, row, COUNTY, DAY)) for rows in by_village.values() for row in rows}
    assert sum(map(len, by_village.values())) == len(known) > 20
    assert min(counts) >= ENOUGH


@pytest.mark.store
def test_no_number_of_anybody_is_on_the_paper(lines):
    columns, by_village, known = lines
    secrets = set().union(*(one.secrets | {one.number} for one in known))
    assert len(secrets) > 50
    for rows in by_village.values():
        text = "".join(pages_of(io.BytesIO(notice_pdf(notice(rows, columns=columns, posted_on=DAY, last_on=DAY)))))
        assert all(row[0] in text for row in rows)
        assert not {secret for secret in secrets if secret in text}


@pytest.mark.parametrize(
    ("told", "low", "high"),
    [
        pytest.param(Told(COUNTY, YEAR, digits="?" * 14 + "0010"), 28, 38, id="year and the last four: about 33"),
        pytest.param(Told(COUNTY, LIFE, digits="?" * 14 + "0010"), 3_300, 3_400, id="the last four: about 3,350"),
        pytest.param(Told(COUNTY, YEAR), 365_000, 365_000, id="the year"),
        pytest.param(Told(COUNTY, YEAR, sex=1), 182_500, 182_500, id="year and sex"),
        pytest.param(Told(COUNTY, (DAY, DAY)), 1000, 1000, id="the birthday"),
    ],
)
def test_what_is_told_leaves_so_many_numbers(told, low, high):
    assert low <= candidates(told) <= high


def test_a_number_told_in_full_is_one_candidate_if_its_check_character_is_right():
    number = "99010119700203123"
    sign = check_character(number)
    assert candidates(Told(COUNTY, YEAR, digits=number + sign)) == 1
    assert candidates(Told(COUNTY, YEAR, digits=number + "0123456789X"["0123456789X".index(sign) - 1])) == 0


@pytest.mark.parametrize(
    ("column", "text", "safe"),
    [
        pytest.param("性别", "女", True, id="the sex"),
        pytest.param("年龄", "46", True, id="the age"),
        pytest.param("身份证号", "990101********0010", False, id="a masked number"),
        pytest.param("身份证号", "99010119700203****", False, id="a number without its last four"),
    ],
)
def test_the_measure_tells_a_safe_column_from_one_that_gives_people_away(column, text, safe):
    told = told_by(["户主姓名", "人数", column], ["贠某", "3", text], COUNTY, DAY)
    assert (candidates(told) >= ENOUGH) is safe


def test_a_column_that_nobody_weighed_is_refused():
    with pytest.raises(AssertionError, match="weigh what it tells"):
        told_by(["户主姓名", "家庭住址"], ["贠某", "东头"], COUNTY, DAY)
    with pytest.raises(AssertionError, match="holds digits"):
        told_by(["户主姓名"], ["贠某1380000"], COUNTY, DAY)
