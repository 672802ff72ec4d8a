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
    assert [(one["role"], one["place"], one["live"]) for one in listed["王审核"]] == [("county_approver", 0, True)]
    assert len(listed) == len(vars(people))


def test_a_grant_that_has_not_begun_is_listed_as_not_live(people):
    listed = queries.people_with_grants(people.security, date(1999, 12, 31))
    assert not any(grant["live"] for row in listed for grant in row["grants"])


def test_nobody_else_sees_who_holds_rights(people):
    with pytest.raises(NotPermitted):
        queries.people_with_grants(people.clerk, TODAY)


def test_the_installation_itself_may_do_nothing():
    assert not any(Founder().may(right, 0) for right in Can)
