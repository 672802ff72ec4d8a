"""Where the programme asks for it, nobody is looked up whose household has not signed."""

from datetime import date, timedelta

import pytest

from bangfu.audit.verifier import verify
from bangfu.decisions.actions.record_authorisations import SignedPaper, record_authorisations
from bangfu.decisions.models import Authorisation, Comparison, Hit
from bangfu.decisions.queries.authorisations import authorised_households, households_without_authorisation
from bangfu.kernel.errors.access import NotPermitted
from bangfu.kernel.errors.comparisons import AuthorisationUnlike
from bangfu.params import load
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory
from bangfu.registry.models import Membership

pytestmark = pytest.mark.store
DAY = date(2021, 6, 1)
EVERYWHERE = Scope.everywhere()
MONITORING = load().programme("cn_2021")


@pytest.fixture(autouse=True)
def of_2021(hamlet):
    """The demonstration lives at the end of 2021."""
    hamlet.move_day(date(2021, 12, 31))


def paper(household, signed_on=date(2021, 5, 20), number="承诺-1"):
    return SignedPaper(household, signed_on, signer=1, paper=number)


@pytest.mark.parametrize(
    ("on", "needed"), [(date(2020, 3, 19), 0), (date(2020, 3, 20), 1)], ids=["before", "from the day on"]
)
def test_an_authorisation_is_asked_for_from_the_day_of_the_monitoring_rules(on, needed):
    assert load().programme("cn_2014").value("lookup_needs_authorisation", on).value == needed


def test_without_authorisation_nobody_is_compared_and_the_households_are_named(compare, county):
    compared = compare("payroll", stated_on=DAY)
    counts = compared.counts
    assert (counts["matched"], counts["hits"]) == (0, 0)
    assert counts["not_authorised"] > 0
    assert counts["rows"] == sum(counts[part] for part in ("rejected", "not_authorised", "unmatched"))
    homes = directory(EVERYWHERE)["household"]
    assert counts["households_without"] == homes.len() == compared.without.len()
    assert not Hit.objects.exists()


@pytest.mark.parametrize(
    ("day", "asked"), [(date(2020, 3, 19), False), (date(2020, 3, 20), True)], ids=["the day before", "from the day on"]
)
def test_an_old_day_of_the_list_switches_no_consent_off(hamlet, compare, day, asked):
    hamlet.move_day(day)
    assert (compare("payroll", stated_on=date(2016, 12, 31), ids_only=True).counts["matched"] == 0) == asked


def test_who_has_signed_is_compared_and_nobody_else(hamlet, compare, who, county):
    hamlet.move_day(date(2016, 12, 31))
    before = compare("payroll", stated_on=date(2016, 12, 31), ids_only=True)
    hamlet.move_day(date(2021, 12, 31))
    hit = Hit.objects.order_by("id").first()
    assert record_authorisations(by=who.clerk, county=county, papers=[paper(hit.household_id)]) == 1
    after = compare("payroll", stated_on=DAY, ids_only=True)
    members = Membership.objects.filter(household_id=hit.household_id).values_list("person_id", flat=True)
    assert after.counts["matched"] == Hit.objects.filter(person_id__in=list(members)).count()
    assert after.counts["matched"] + after.counts["not_authorised"] == before.counts["matched"]
    assert after.counts["fresh"] == 0
    assert not verify(hamlet.database_url or str(hamlet.database_file), hamlet.key_file).faults


def test_a_paper_signed_after_the_day_of_the_look_up_does_not_count(who, county):
    home = directory(EVERYWHERE)["household"][0]
    record_authorisations(by=who.clerk, county=county, papers=[paper(home, DAY)])
    assert authorised_households(EVERYWHERE, MONITORING, DAY - timedelta(days=1)).to_list() == []
    assert authorised_households(EVERYWHERE, MONITORING, DAY).to_list() == [home]
    assert home not in households_without_authorisation(EVERYWHERE, MONITORING, DAY)["household"]
    assert households_without_authorisation(EVERYWHERE, load().programme("cn_2014"), date(2016, 1, 1)).is_empty()


def test_a_paper_on_file_is_not_recorded_twice(who, county):
    home = directory(EVERYWHERE)["household"][0]
    assert record_authorisations(by=who.clerk, county=county, papers=[paper(home), paper(home)]) == 1
    assert record_authorisations(by=who.clerk, county=county, papers=[paper(home)]) == 0
    assert Authorisation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"household": 999_999}, id="another county's household"),
        pytest.param({"signed_on": date(2999, 1, 1)}, id="a day to come"),
        pytest.param({"number": " "}, id="no number"),
    ],
)
def test_a_paper_that_cannot_be_is_refused_with_all_others(who, county, wrong):
    homes = directory(EVERYWHERE)["household"]
    with pytest.raises(AuthorisationUnlike):
        record_authorisations(
            by=who.clerk, county=county, papers=[paper(homes[0]), paper(**({"household": homes[1]} | wrong))]
        )
    assert not Authorisation.objects.exists()


def test_only_who_may_hear_households_records_what_they_sign(who, county):
    home = directory(EVERYWHERE)["household"][0]
    with pytest.raises(NotPermitted):
        record_authorisations(by=who.analyst, county=county, papers=[paper(home)])


def test_only_who_may_compares_lists(compare, who):
    with pytest.raises(NotPermitted):
        compare("payroll", by=who.approver)
    assert not Comparison.objects.exists()
