"""How tests bring places of the hamlet as far as an exit: facts, a run, the steps of the case."""

from datetime import date

import polars as pl
from django.db import transaction

from bangfu.access.acting import ActingPerson, acting, today
from bangfu.access.actions.add_person import record_person
from bangfu.access.actions.grant_role import record_grant
from bangfu.access.founding import Founder
from bangfu.access.roles import Role
from bangfu.decisions.actions.take_case_step import take_case_step
from bangfu.places.scope import chain_of
from bangfu.procedures.course import course_of, version_on
from bangfu.procedures.said import Said
from bangfu.registry.actions.record_rows import record_rows
from bangfu.registry.models import VillageProfile
from bangfu.snapshots.actions.freeze_snapshot import freeze_snapshot
from bangfu.snapshots.actions.run_programme import run_programme

POOR_VILLAGE, OTHER_VILLAGE = 990101100200, 990101100201
COUNTY = 990101000000
TRUE_ON = date(2016, 12, 31)


def villages_become(home, on=date(2017, 1, 5), villages=(POOR_VILLAGE,), **facts):
    """Record other facts in the ledgers of villages."""
    columns = [field.column for field in VillageProfile._meta.concrete_fields]
    kept = [name for name in columns if name not in {"id", "county", "event_id", "effective_from", "live"}]
    latest = VillageProfile.objects.filter(village__in=villages).order_by("village", "-effective_from", "-id")
    rows = {row["village"]: row for row in reversed(list(latest.values(*kept)))}
    schema = {"effective_from": pl.Date} | dict.fromkeys(kept, pl.Int64)
    frame = pl.DataFrame([row | facts | {"effective_from": on} for row in rows.values()], schema=schema)
    with transaction.atomic():
        record_rows(
            by=acting("王审核"),
            county=chain_of(villages[0]),
            subject="ledger",
            rows={VillageProfile._meta.db_table: frame},
            keys=home.keys,
        )


def run_on(home, on, programme="cn_2014"):
    """Freeze the register and run a programme."""
    by = acting("李文员")
    snapshot = freeze_snapshot(by=by, on=on, known_on=None, home=home)
    return run_programme(by=by, programme=programme, snapshot=snapshot, home=home)


def somebody(name, *roles):
    """Return a new person who holds roles in the whole country."""
    with transaction.atomic():
        person = record_person(by=Founder(), name=name, os_login=None)
        for role in roles:
            record_grant(by=Founder(), person=person, role=role, place=0, days=(date(2000, 1, 1), None))
    return ActingPerson.of(person, today())


def finish(home, case, procedure="exit_village", counts=None):
    """Take every step of the exit of a place, each by fresh hands."""
    finish_until(home, case, None, procedure, counts)


def finish_until(home, case, last, procedure="exit_village", counts=None, programme="cn_2014", after=0):
    """Take the steps of a case before one of them, each by fresh hands."""
    roles = (
        Role.VILLAGE_CLERK,
        Role.TOWN_CLERK,
        Role.COUNTY_CLERK,
        Role.COUNTY_APPROVER,
        Role.CITY_MANAGER,
        Role.PROVINCE_OFFICE,
    )
    for step in course_of(version_on(programme, procedure, today())).steps[after:]:
        if step.name == last:
            return
        said = (
            Said(counts=counts or {})
            if step.kind == "assessment"
            else Said(entitled=30, present=30, codes=dict.fromkeys(step.asks, 1))
        )
        for second in range(step.persons):
            by = somebody(f"经办{case}-{step.order}{second}", *roles)
            take_case_step(by=by, cases=[case], step=step.name, on=today(), said=said)
        if step.kind == "notice":
            home.move_day(date.fromordinal(today().toordinal() + step.minimum_days + 1))
            take_case_step(by=by, cases=[case], step=step.name, on=today())
