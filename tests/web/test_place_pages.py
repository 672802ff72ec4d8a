"""Pages of places: their numbers are the run's, within the scope, with the list behind each for who may read it."""

import re
from datetime import date
from html import unescape

import pytest

pytestmark = pytest.mark.store

INDICATORS = {"incidence": "贫困发生率", "registered_households": "建档立卡贫困户数"}


@pytest.fixture
def run(hamlet):
    """The run of the demonstration."""
    from bangfu.snapshots.queries import run_named

    return run_named(None)


@pytest.fixture
def village(hamlet):
    """The village in which the made-up village clerk works, with its number, code and parent."""
    from bangfu.access.models import Grant
    from bangfu.places.models import Place

    return Place.objects.get(number=Grant.objects.get(role="village_clerk", person__name="吴信息").place)


@pytest.fixture
def figures(run, hamlet):
    """The figures of the run by place and indicator, as its table has them."""
    from bangfu.places.scope import Scope
    from bangfu.snapshots.queries import run_frames

    rows = run_frames(run, hamlet, Scope.everywhere())["indicators"].iter_rows()
    return {(place, name): (above, below) for place, name, above, below in rows}


@pytest.fixture
def later(hamlet):
    """A second run of the programme, a year later."""
    from bangfu.cli.people import person
    from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
    from bangfu.snapshots.actions.run_programme import run_programme

    clerk = person(None)
    frozen = freeze_snapshot(by=clerk, on=date(2017, 12, 31), known_on=None, home=hamlet)
    return run_programme(by=clerk, programme="cn_2014", snapshot=frozen, home=hamlet)


def _text(answer):
    assert answer.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())))


def _rows(answer):
    """Return the rows of the table of places: name and cells."""
    body = answer.content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in rows]


def _places(parent):
    from bangfu.places.models import Place

    return {place.name: place.number for place in Place.objects.filter(parent=parent, valid_to__isnull=True)}


def test_the_places_begin_where_the_scope_branches(client_of, village):
    assert client_of("李文员").get("/places/")["Location"] == f"/places/{village.parent.code}/"
    assert client_of("吴信息").get("/places/")["Location"] == f"/places/{village.code}/"


def test_the_key_figures_are_those_of_the_run(client_of, figures, village):
    county = village.county
    shown = _text(client_of("李文员").get(f"/places/{county}/"))
    above, below = figures[county, "incidence"]
    for number in (
        f"{figures[county, 'registered_households'][0]:,}",
        f"{figures[county, 'registered_persons'][0]:,}",
        f"{above:,} / {below:,}",
        f"{above / below:.2%}",
        f"{figures[county, 'gap_money'][0] / 1_000_000:,.2f}",
        f"{figures[county, 'undecided_households'][0]:,}",
    ):
        assert f" {number} " in shown, number


def test_the_households_with_a_guarantee_gap_are_counted_once(client_of, run, hamlet, village):
    import polars as pl

    from bangfu.places.scope import Scope
    from bangfu.snapshots.figures import GUARANTEE_GAP, GUARANTEES, figures_of
    from bangfu.snapshots.queries import run_frames

    rows = run_frames(run, hamlet, Scope.everywhere())["households"]
    mine = rows.filter(pl.col("village") == village.number).select(GUARANTEES).rows()
    told = figures_of(run, hamlet, Scope.everywhere(), [village.number, village.county])
    assert told[village.number][GUARANTEE_GAP.name] == (sum(1 in row for row in mine), len(mine))
    assert told[village.county][GUARANTEE_GAP.name][1] == rows.height


@pytest.mark.parametrize("indicator", INDICATORS)
def test_the_table_has_every_child_with_its_figure_and_the_worst_first(client_of, figures, village, indicator):
    answer = client_of("李文员").get(f"/places/{village.town}/?indicator={indicator}")
    children = _places(village.town)
    rows = _rows(answer)
    assert {row[0] for row in rows} == set(children)
    told = {name: figures[number, indicator] for name, number in children.items()}
    worst = sorted(told, key=lambda name: told[name][0] / (told[name][1] or 1), reverse=True)
    assert [row[0] for row in rows] == worst
    above, below = told[worst[0]]
    assert rows[0][1] == (f"{above / below:.2%}" if below else f"{above:,}")


def test_the_table_is_sorted_by_any_column_either_way(client_of, village):
    client = client_of("李文员")
    for column in ("value", "registered_persons", "undecided_households", "place"):
        up = _rows(client.get(f"/places/{village.town}/?sort={column}"))
        down = _rows(client.get(f"/places/{village.town}/?sort=-{column}"))
        cell = {"value": 1, "registered_persons": 3, "undecided_households": 5, "place": 0}[column]
        if column != "place":
            numbers = [float(row[cell].strip("%").replace(",", "")) for row in up]
            assert numbers == sorted(numbers), column
        assert [row[cell] for row in up] == [row[cell] for row in down][::-1]


def test_what_the_address_asks_for_wrongly_falls_back(client_of, village):
    client = client_of("李文员")
    usual = _rows(client.get(f"/places/{village.town}/"))
    for wrong in ("indicator=none", "sort=-none", "sort='", "run=r-none", "indicator=%00"):
        assert _rows(client.get(f"/places/{village.town}/?{wrong}")) == usual


def test_the_map_has_a_link_for_every_child(client_of, village):
    page = client_of("李文员").get(f"/places/{village.town}/").content.decode()
    drawn = re.findall(r'<a href="/places/(\d+)/" aria-label="(\S+) ', page.partition("<svg")[2].partition("</svg>")[0])
    assert {(name, int(code)) for code, name in drawn} == set(_places(village.town).items())
    assert "style=" not in page


def test_without_outlines_the_table_stands_alone(client_of, village):
    from bangfu.places.models import Outline

    Outline.objects.all().delete()
    answer = client_of("李文员").get(f"/places/{village.town}/")
    assert "<svg" not in answer.content.decode()
    assert len(_rows(answer)) == len(_places(village.town))


def test_each_number_leads_to_the_list_behind_it(client_of, run, village):
    page = unescape(client_of("李文员").get(f"/places/{village.code}/").content.decode())
    where = f"/households/?place={village.code}&run={run.name}"
    for terms in ("&status=registered", "&outcome=unknown", "&gap=water_unsafe", "&gap=income_below_line"):
        assert f'href="{where}{terms}"' in page


@pytest.mark.parametrize("name", ["赵分析", "钱市办", "冯联络", "何财政"])
def test_who_may_not_read_the_register_sees_numbers_without_lists(client_of, village, name):
    page = client_of(name).get(f"/places/{village.code}/")
    assert "建档立卡贫困户数" in _text(page)
    assert "/households/" not in page.content.decode()


@pytest.mark.parametrize("name", ["吴信息", "冯联络"])
def test_what_lies_outside_the_scope_does_not_exist(client_of, village, name):
    client = client_of(name)
    sibling = next(code for code in _places(village.town).values() if code != village.number)
    bodies = {client.get(f"/places/{code}/").content for code in (sibling, village.town, village.county)}
    assert client.get(f"/places/{sibling}/").status_code == 404
    nowhere = client.get("/places/990199999999/").content
    assert len({_without_token(body) for body in (*bodies, nowhere)}) == 1


def _without_token(body):
    body = re.sub(rb"csrfmiddlewaretoken\" value=\"\w+|X-CSRFToken\": \"\w+", b"", body)
    return re.sub(rb'name="next" value="[^"]*"', b"", body)


@pytest.mark.parametrize("name", ["周管理", "贫困户代表"])
def test_who_sees_no_places_is_told_so(client_of, village, name):
    assert client_of(name).get("/places/").status_code == 403
    assert client_of(name).get(f"/places/{village.code}/").status_code == 403


def test_a_village_clerk_starts_at_the_village_with_what_is_known_of_it(client_of, village):
    shown = _text(client_of("吴信息").get(f"/places/{village.code}/"))
    for words in ("村情", "总人口数", "本村判定", "没有村集体经济收入"):
        assert words in shown


def test_a_figure_is_compared_with_the_period_before(client_of, hamlet, figures, later, village):
    from bangfu.places.scope import Scope
    from bangfu.snapshots.figures import figures_of, periods

    assert [run.true_on.year for run in periods()] == [2017, 2016]
    now = figures_of(later, hamlet, Scope.everywhere(), [village.county])[village.county]["education_gap_households"][0]
    before = figures[village.county, "education_gap_households"][0]
    page = _text(client_of("李文员").get(f"/places/{village.county}/?indicator=education_gap_households"))
    assert "2016年12月31日" in page
    assert (f"{now - before:+d}".replace("-", "−") if now != before else "±0") in page


def test_the_first_period_has_nothing_to_compare_with(client_of, run, later, village):
    page = client_of("李文员").get(f"/places/{village.county}/?run={run.name}").content.decode()
    assert "±" not in page
    assert f'<option value="{run.name}" selected>' in page


def test_a_place_page_asks_the_database_a_bounded_number_of_times(
    client_of, later, village, django_assert_max_num_queries
):
    from django.db import connection

    client = client_of("郑乡镇")
    pages = {village.town: 16, village.number: 34}
    if connection.vendor == "postgresql":
        del pages[village.number]  # its facts are copied out, which Django's count of queries does not let through
    for code, queries in pages.items():
        client.get(f"/places/{code}/")
        with django_assert_max_num_queries(queries):
            assert client.get(f"/places/{code}/").status_code == 200


def test_before_the_first_run_a_page_says_what_to_do(home, places):
    from django.test import Client

    page = _text(Client(headers={"host": "localhost"}).get(f"/places/{places.town}/"))
    assert "bangfu identify" in page
    assert "上柳村" in page


@pytest.mark.parametrize(
    "indicator", ["registered_households", "undecided_households", "water_unsafe_households", "eligible_households"]
)
def test_the_list_behind_a_number_is_as_long_as_the_number_says(client_of, run, hamlet, figures, village, indicator):
    from bangfu.places.models import Place
    from bangfu.places.scope import Scope
    from bangfu.places.tree import node_at
    from bangfu.web.place_page import Period

    for place in Place.objects.filter(number__in=(village.number, village.county)):
        period = Period.of(run, [run], hamlet, Scope.everywhere(), [place.number])
        address = period.link(node_at(Scope.everywhere(), place.code), period.indicators[indicator])
        found = client_of("李文员").get(address)
        assert found.status_code == 200
        assert found.context["found"].total == figures[place.number, indicator][0]
