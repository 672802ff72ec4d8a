"""People with an area of their own."""

from datetime import date

import pytest

from bangfu.access.acting import ActingPerson
from bangfu.access.actions.add_person import add_person
from bangfu.access.actions.grant_role import grant_role


@pytest.fixture
def operator_of(people):
    """Return a function that makes an import operator for the subtree of a place."""

    def make(place):
        person = add_person(by=people.security, name=f"操作员{place}")
        grant_role(by=people.security, person=person, role="import_operator", place=place, from_on=date(2020, 1, 1))
        return ActingPerson.of(person, date(2020, 1, 1))

    return make
