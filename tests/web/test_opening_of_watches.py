"""A watch over a household has a class that fits, and ends by telling how; without procedures the page says so."""

from datetime import date

import polars as pl
import pytest
from django.db import transaction

from bangfu.access.acting import acting
from bangfu.access.roles import Role
from bangfu.decisions.monitoring import check_watch
from bangfu.decisions.offers import offers, unpublished
from bangfu.decisions.standing_now import status_of
from bangfu.kernel.errors.exits import ClassDoesNotFit, ClassMissing
from bangfu.kernel.home import Home
from bangfu.kernel.status import StatusKind
from bangfu.procedures.models import Case
from bangfu.registry.actions.record_rows import record_rows
from bangfu.registry.models import Risk, StatusEvent
from bangfu.registry.topics import topics
from bangfu.snapshots.queries import run_named, run_rows
from tests.decisions.places import finish_until, run_on, somebody
from tests.web.casework import boxes, form_of
from tests.web.doubting import text_of
from tests.web.walking import english

pytestmark = pytest.mark.store


@pytest.fixture(autouse=True)
def june(hamlet):
    """A day under the programme of 2021."""
    hamlet.move_day(date(2021, 6, 1))


def household_of(status):
    found = run_rows(run_named(None), Home.current()).filter(status=status)["household"]
    return next(number for number in found if status_of(number, monitoring=True) is None)


def sent(**more):
    return {"what": "cn_2021:identify:monitored", "clue": "visit", "clue_on": "2021-06-01"} | more


def test_what_is_in_force_is_offered_though_only_an_older_programme_was_run(hamlet):
    assert {one.programme for one in offers()} == {"cn_2021"}


def test_a_watch_needs_its_class(client_of):
    household = household_of(StatusKind.EXITED)
    answer = english(client_of("李文员")).post(f"/households/{household}/open-case/", sent(group=""), follow=True)
    assert "Who is to be monitored has a class. Choose one: Unstable exited household;" in text_of(answer)
    assert not Case.objects.exists()
    with pytest.raises(ClassMissing):
        check_watch(household, "monitored", None)


@pytest.mark.parametrize(
    ("status", "group", "opens"),
    [
        pytest.param(StatusKind.EXITED, "1", True, id="unstable after an exit"),
        pytest.param(StatusKind.IDENTIFIED, "1", False, id="unstable without an exit"),
        pytest.param(StatusKind.IDENTIFIED, "3", True, id="sudden difficulty without an exit"),
    ],
)
def test_only_who_exited_is_of_the_class_of_the_exited(client_of, status, group, opens):
    household = household_of(status)
    answer = english(client_of("李文员")).post(f"/households/{household}/open-case/", sent(group=group), follow=True)
    assert Case.objects.exists() is opens
    refusal = "is only for households that were registered as poor and have exited; this one is registered poor"
    assert (refusal in text_of(answer)) is not opens


def test_a_class_is_chosen_in_its_years_alone(hamlet):
    for day, offered, refused in ((date(2025, 12, 31), 3, 4), (date(2026, 1, 1), 4, 3)):
        hamlet.move_day(day)
        check_watch(1 << 40, "monitored", offered)
        with pytest.raises(ClassMissing):
            check_watch(1 << 40, "monitored", refused)


def test_who_was_never_registered_is_not_of_the_class_of_the_exited(hamlet):
    with pytest.raises(ClassDoesNotFit) as refused:
        check_watch(1 << 40, "monitored", 1)
    assert refused.value.facts["status"].zh == "未登记在册"


def test_before_a_programme_has_procedures_the_pages_say_what_is_missing(client_of, hamlet):
    assert unpublished() == []
    household = household_of(StatusKind.EXITED)
    hamlet.move_day(date(2026, 6, 1))
    assert [one.id for one in unpublished()] == ["cn_2026"]
    clerk = english(client_of("李文员"))
    for address in (f"/households/{household}/", "/cases/"):
        words = text_of(clerk.get(address))
        assert "In force since 1 January 2026: Regularised targeted assistance (from 2026)." in words
        assert "params/programmes/cn_2026/steps.yaml" in words
    assert "steps.yaml" not in text_of(english(client_of("孙督查")).get("/cases/"))


def clearable(home):
    """Bring a household under watch to where a run finds its risk removed for six months; return it and the run."""
    cleared = StatusEvent.objects.get(kind=StatusKind.CLEARED)
    household, day = cleared.household_id, date(2021, 5, 20)
    columns = [field.column for field in Risk._meta.concrete_fields if field.column not in {"id", "county", "event_id"}]
    risk = Risk.objects.filter(household_id=household).order_by("effective_from", "id").values(*columns).last()
    schema = {"household_id": pl.Int64, "effective_from": pl.Date}
    risk_row = pl.DataFrame([risk | {"effective_from": day, "risks": 0}], infer_schema_length=None)
    risk_row = risk_row.with_columns(pl.col(name).cast(kind) for name, kind in topics()["risk"].columns.items())
    items = pl.DataFrame(
        {
            "household_id": household,
            "effective_from": date(2020, 12, 31),
            "item": [
                "wage_fen",
                "business_fen",
                "property_fen",
                "transfer_fen",
                "business_cost_fen",
                "allowable_oop_fen",
            ],
            "fen": [90_000_000, 0, 0, 0, 0, 0],
        },
        schema=schema | {"item": pl.String, "fen": pl.Int64},
    )
    event = {"household_id": household, "effective_from": day, "kind": 11, "monitored_class": 2, "inherited": False}
    watch = pl.DataFrame([event], schema_overrides=schema | {"kind": pl.Int16, "monitored_class": pl.Int16})
    watch = watch.with_columns(cleared_how=pl.lit(None, pl.Int16))
    rows = {"registry_risk": risk_row, "registry_income_item": items, "registry_status_event": watch}
    with transaction.atomic():
        record_rows(by=acting("王审核"), county=cleared.county, subject="ledger", rows=rows, keys=home.keys)
    home.move_day(date(2021, 12, 1))
    return household, run_on(home, date(2021, 11, 30), "cn_2021")


def test_the_way_a_risk_was_removed_is_found_on_the_visit_and_reaches_the_register(client_of, hamlet):
    household, run = clearable(hamlet)
    clerk = english(client_of("李文员"))
    asked = {"what": "cn_2021:clear:cleared", "clue": "visit", "clue_on": "2021-06-01"}
    assert clerk.post(f"/households/{household}/open-case/", asked).status_code == 302
    case = Case.objects.get()
    assert case.run == run
    somebody("核实员", Role.VILLAGE_CLERK)
    village = english(client_of("核实员"))
    page = village.get(f"/cases/{case.pk}/")
    assert "How the risk was removed Cleared through help Cleared naturally" in text_of(page)
    sent = form_of(page, case=list(boxes(page)))
    refused = village.post(f"/cases/{case.pk}/", sent)
    assert refused.status_code == 400
    words = "How the risk was removed: choose what was found. One of: Cleared through help; Cleared naturally."
    assert words in text_of(refused)
    told = village.post(f"/cases/{case.pk}/", sent | {"code-cleared_how": "2"}, follow=True)
    assert "Cleared naturally" in text_of(told)
    finish_until(hamlet, case.pk, None, "clear", programme="cn_2021", after=1)
    assert StatusEvent.objects.order_by("id").last().cleared_how == 2
