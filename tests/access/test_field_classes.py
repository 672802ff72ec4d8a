"""Which class a field has, and what each role sees of it."""

import pytest

from bangfu.access.field_classes import OF_A_CHILD, SEES, Sight, Sights, class_of, sights_of
from bangfu.access.roles import REVEALS_A_DAY, RIGHTS, Role
from bangfu.kernel.actors import Can
from bangfu.params import load

PERSON, HOUSEHOLD = load().fields["person"], load().fields["household"]


@pytest.mark.parametrize(
    ("field", "privacy"),
    [
        (PERSON["name"], 2),
        (PERSON["id_no"], 3),
        (PERSON["phone"], 3),
        (HOUSEHOLD["household_phone"], 3),
        (HOUSEHOLD["account"], 4),
        (PERSON["health_status"], 4),
        (PERSON["disability_kind"], 4),
        (PERSON["disability_grade"], 4),
        (HOUSEHOLD["main_cause"], 2),
        (load().fields["village"]["population"], 1),
    ],
    ids=lambda one: getattr(one, "name", str(one)),
)
def test_a_field_has_the_class_that_its_type_or_its_entry_gives(field, privacy):
    assert field.privacy == privacy


@pytest.mark.parametrize(("age", "privacy"), [(13, 3), (14, 2), (None, 3)])
def test_the_birthday_of_a_child_is_sensitive(age, privacy):
    assert class_of(PERSON["born_on"], age) == privacy
    assert "born_on" in OF_A_CHILD


def test_no_role_sees_a_number_or_a_diagnosis_in_full():
    assert not [role for role, seen in SEES.items() for sight in (seen.get(3), seen.get(4)) if sight == Sight.FULL]


def test_a_village_clerk_sees_nothing_of_the_highest_class():
    assert Sights(SEES[Role.VILLAGE_CLERK]).of(PERSON["health_status"]) == Sight.NONE


def test_the_roles_that_see_masks_are_those_that_read_the_register_and_may_open_them():
    masked = {role for role, seen in SEES.items() if seen.get(3) == Sight.MASKED}
    assert masked == {role for role, rights in RIGHTS.items() if Can.READ_REGISTER in rights}
    assert masked == set(REVEALS_A_DAY)


@pytest.mark.store
def test_what_is_seen_ends_where_the_grant_ends(people, places):
    from datetime import date

    from bangfu.access.acting import ActingPerson
    from bangfu.access.actions.add_person import add_person
    from bangfu.access.actions.grant_role import grant_role

    person = add_person(by=people.security, name="白石村信息员")
    grant_role(by=people.security, person=person, role="village_clerk", place=places.village, from_on=date(2000, 1, 1))
    clerk = ActingPerson.of(person, date(2026, 1, 1))
    assert sights_of(clerk, places.village).of(PERSON["id_no"]) == Sight.MASKED
    assert sights_of(clerk, places.village).reveals == 30
    assert sights_of(clerk, places.sibling).of(PERSON["name"]) == Sight.NONE
    assert sights_of(clerk, places.sibling).reveals == 0
