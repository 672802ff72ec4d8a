"""The demonstration's hamlet with lists of other departments whose every hit is known."""

import csv
from pathlib import Path
from types import SimpleNamespace

import pytest

from bangfu.simulate import simulate


@pytest.fixture(scope="session")
def lists(tmp_path_factory):
    """The lists of the hamlet, one row of four damaged: the folder, and the truth about them by list."""
    out = tmp_path_factory.mktemp("lists")
    simulate("hamlet", 1, out, damaged=25)
    with (out / "truth" / "comparison.csv").open(encoding="utf-8") as file:
        truth = list(csv.DictReader(file))
    return SimpleNamespace(folder=out / "comparison", departments=out / "departments", truth=truth)


@pytest.fixture
def who(hamlet):
    """The people of the demonstration, by part."""
    from bangfu.access.actions.ensure_demo_people import ensure_demo_people

    return SimpleNamespace(**ensure_demo_people())


@pytest.fixture
def county(hamlet):
    """The county of the hamlet."""
    from bangfu.places.models import Place

    return Place.objects.get(level=3).number


@pytest.fixture
def compare(hamlet, who, county, lists):
    """Return a function that compares a list of the hamlet with the register."""
    from bangfu.decisions.actions.compare_list import HandedList, compare_list

    def compared(name, *, folder=None, by=None, kind=None, **more):
        path = Path(folder or lists.folder) / f"{name}.xlsx"
        more.setdefault("stated_on", __import__("datetime").date(2016, 12, 31))
        handed = HandedList(path, kind or name, **more)
        return compare_list(by=by or who.clerk, county=county, handed=handed, home=hamlet)

    return compared


@pytest.fixture
def person_numbers(hamlet):
    """Return the register's number of each person by the number on its ledger."""
    from bangfu.registry.models import Person

    return dict(Person.objects.filter(live=True).values_list("person_no", "id"))


@pytest.fixture
def home_maker(hamlet):
    """A person who may both compare lists and decide hits."""
    from datetime import date

    from django.db import transaction

    from bangfu.access.acting import ActingPerson, today
    from bangfu.access.actions.add_person import record_person
    from bangfu.access.actions.grant_role import record_grant
    from bangfu.access.founding import Founder
    from bangfu.access.roles import Role

    with transaction.atomic():
        person = record_person(by=Founder(), name="两岗人员", os_login=None)
        for role in (Role.COUNTY_CLERK, Role.COUNTY_APPROVER):
            record_grant(by=Founder(), person=person, role=role, place=0, days=(date(2000, 1, 1), None))
    return ActingPerson.of(person, today())
