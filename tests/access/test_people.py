"""What is read of people and grants."""

from datetime import date

import pytest

from bangfu.access import queries
from bangfu.access.founding import Founder
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.access import NotPermitted, PersonUnknown

pytestmark = pytest.mark.store

TODAY = date(2020, 1, 1)


def test_a_person_is_found_by_name(people):
    assert queries.person_named("王审核").pk == people.approver.person_id


def test_a_name_that_nobody_bears_is_unknown(people):
    with pytest.raises(PersonUnknown, match="无此人"):
        queries.person_named("无此人")


def test_who_rules_over_rights_sees_who_holds_them(people):
    listed = {row["name"]: row["grants"] for row in queries.people_with_grants(people.security, TODAY)}
    assert listed["王审核"] == [{"role": "county_approver", "place": 0}]
    assert len(listed) == len(vars(people))


def test_a_grant_of_another_day_is_not_listed(people):
    assert not any(row["grants"] for row in queries.people_with_grants(people.security, date(1999, 12, 31)))


def test_nobody_else_sees_who_holds_rights(people):
    with pytest.raises(NotPermitted):
        queries.people_with_grants(people.clerk, TODAY)


def test_the_installation_itself_may_do_nothing():
    assert not any(Founder().may(right, 0) for right in Can)
