"""Who should be helped and is not: missing from a list, known to a list alone, or twice in the register."""

from datetime import date

import polars as pl
import pytest

from bangfu.audit.verifier import verify
from bangfu.decisions.actions.compare_register import compare_register
from bangfu.decisions.duplicates import doubled_persons
from bangfu.decisions.models import Comparison, Disposition, Hit
from bangfu.decisions.persons import PERSON
from bangfu.decisions.queries.hits import hits_listed
from bangfu.kernel.errors.comparisons import HouseholdNotHeard
from bangfu.places.scope import Scope
from bangfu.work.models import Lead

pytestmark = pytest.mark.store
EVERYWHERE = Scope.everywhere()


def missing(lists, name, person_numbers):
    """The persons of whom the truth says that they are missing from a list, or stand on it alone."""
    return {person_numbers[line["person_no"]] for line in lists.truth if line["list"] == name}


def asked(kind):
    """The persons about whom a kind of hit asks."""
    return set(Hit.objects.filter(kind=kind).values_list("person_id", flat=True))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("insurance", "unserved.insurance"), ("enrolment", "unserved.schooling")],
    ids=["insured", "pupils"],
)
def test_who_is_missing_from_a_complete_list_is_asked_about(compare, lists, person_numbers, name, kind):
    compare(name, complete=True)
    truth = missing(lists, name, person_numbers)
    assert truth <= asked(kind)
    assert len(asked(kind) - truth) <= 3  # persons whose numbers were planted wrong in the ledgers
    leads = Lead.objects.filter(kind=kind)
    assert leads.count() == len(asked(kind))
    assert {lead.subject_kind for lead in leads} == {"person"}
    assert set(Hit.objects.values_list("severity", "how")) == {("help", "absent")}


def test_nobody_is_missing_from_a_list_that_is_not_complete(compare):
    compare("enrolment")
    assert not Hit.objects.exists()
    assert Comparison.objects.get().matched > 0


def test_a_certificate_of_which_the_register_knows_nothing_is_asked_about(compare, lists, person_numbers):
    compare("disability")
    truth = missing(lists, "disability", person_numbers)
    assert truth <= asked("unserved.disability")
    hit = Hit.objects.filter(person_id__in=truth).first()
    assert hit.severity == "help"
    assert '"grade"' in hit.facts


def test_allowances_are_compared_both_ways(hamlet, compare, lists):
    compare("allowances", folder=lists.departments, complete=True)
    kinds = dict(hits_listed(EVERYWHERE).kinds)
    assert kinds["comparison.allowances"] > 0
    assert kinds["unserved.registration"] > 0
    assert kinds["unserved.dibao"] > 0
    stranger = Hit.objects.filter(kind="unserved.registration").first()
    assert (stranger.household_id, stranger.person_id, stranger.how) == (None, None, "outside")
    assert stranger.lead.subject_kind == "comparison"
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


def test_who_may_lack_help_is_not_proposed_for_removal(compare, who):
    from bangfu.decisions.actions.decide_hit import decide_hit

    compare("enrolment", complete=True)
    with pytest.raises(HouseholdNotHeard):
        decide_hit(
            by=who.approver, hit=Hit.objects.first().pk, outcome=Disposition.Outcome.REMOVE_PROPOSED, reason="无此人"
        )


def listed(tmp_path, name, header, *rows):
    path = tmp_path / f"{name}.csv"
    path.write_text("\n".join(",".join(map(str, line)) for line in (header, *rows)), encoding="utf-8")
    return path


def numbers_of(hamlet, count):
    """Name and number of some members of households whose house is on record as safe."""
    from bangfu.decisions.persons import opened_ids, registered_persons
    from bangfu.registry.models import Housing

    safe = list(Housing.objects.filter(housing_grade__in=(1, 2, 5)).values_list("household_id", flat=True))
    persons = registered_persons(EVERYWHERE).filter(
        pl.col("household_id").is_in(safe) & pl.col("id_index").is_not_null()
    )
    some = persons.unique("household_id", maintain_order=True).head(count)
    return list(zip(some["name"], opened_ids(some, hamlet.keys), some["household_id"], strict=True))


def test_an_unsafe_house_that_the_register_takes_for_safe_is_asked_about(hamlet, who, county, tmp_path):
    from bangfu.decisions.actions.compare_list import HandedList, compare_list

    (first, first_id, home), (second, second_id, _) = numbers_of(hamlet, 2)
    rows = [(first, first_id, "D级", "2017-01-01"), (second, second_id, "A级", "2017-01-01")]
    path = listed(tmp_path, "grades_20170201", ("姓名", "身份证号", "鉴定等级", "鉴定日期"), *rows)
    compare_list(by=who.clerk, county=county, handed=HandedList(path, "house_grades", ids_only=True), home=hamlet)
    hit = Hit.objects.get()
    assert (hit.kind, hit.household_id, hit.told_on) == ("unserved.housing", home, date(2017, 1, 1))
    assert Comparison.objects.get().stated_on == date(2017, 2, 1)


@pytest.mark.parametrize(("yuan", "hits"), [("9999.99", 0), ("10000", 1)], ids=["one fen below", "exactly"])
def test_a_large_bill_is_asked_about_from_the_threshold_on(hamlet, who, county, tmp_path, yuan, hits):
    from bangfu.decisions.actions.compare_list import HandedList, compare_list

    ((name, number, _),) = numbers_of(hamlet, 1)
    path = listed(
        tmp_path, "bills", ("患者姓名", "身份证号", "结算日期", "个人自付(元)"), (name, number, "2016-05-01", yuan)
    )
    handed = HandedList(path, "medical_bills", stated_on=date(2016, 12, 31), ids_only=True)
    compare_list(by=who.clerk, county=county, handed=handed, home=hamlet)
    assert Hit.objects.filter(kind="unserved.medical").count() == hits


def persons(*rows):
    """Persons with number digest, name, birth day and town, each in a household of its own."""
    return pl.DataFrame(
        [(turn, turn, index, name, born, town) for turn, (index, name, born, town) in enumerate(rows, start=1)],
        schema=["person_id", "household_id", "id_index", "name", "born_on", "town"],
        orient="row",
    ).select(
        (pl.col(name) if name in {"person_id", "household_id", "id_index", "name", "born_on", "town"} else pl.lit(None))
        .cast(kind)
        .alias(name)
        for name, kind in PERSON.items()
    )


@pytest.mark.parametrize(
    ("rows", "pairs"),
    [
        pytest.param([("a", "甲", 1, 1), ("a", "乙", 2, 2)], [(2, 1, "id")], id="one number"),
        pytest.param([("a", "甲", 1, 1), (None, "甲", 1, 1)], [(2, 1, "likely")], id="one name, birth day and town"),
        pytest.param([("a", "甲", 1, 1), ("b", "甲", 1, 1)], [], id="two good numbers are two persons"),
        pytest.param([(None, "甲", 1, 1), (None, "甲", 1, 2)], [], id="another town"),
        pytest.param([(None, "甲", None, 1), (None, "甲", None, 1)], [], id="no birth day"),
    ],
)
def test_a_person_who_stands_in_two_households_is_found(rows, pairs):
    assert doubled_persons(persons(*rows)).select("person_id", "other", "how").rows() == pairs


def test_two_of_one_household_are_no_double():
    one = persons((None, "甲", 1, 1), (None, "甲", 1, 1)).with_columns(household_id=pl.lit(7, pl.Int64))
    assert doubled_persons(one).is_empty()


def test_the_register_is_compared_with_itself(hamlet, who, county):
    from bangfu.registry.models import Identity

    told = compare_register(by=who.clerk, county=county, home=hamlet)
    row = told.comparison
    assert row.rows == row.matched + row.unmatched == Identity.objects.filter(live=True).count()
    assert Hit.objects.filter(kind="comparison.duplicate").count() == told.fresh
    assert compare_register(by=who.clerk, county=county, home=hamlet).repeated
