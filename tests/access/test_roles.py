"""Which rights go together, and which never do."""

import pytest

from bangfu.access.roles import ADMINISTRATORS, RIGHTS, Role
from bangfu.kernel.actors import Can


def test_every_role_has_its_rights():
    assert set(RIGHTS) == set(Role)


def test_every_right_belongs_to_some_role():
    assert set().union(*RIGHTS.values()) == set(Can)


@pytest.mark.parametrize("role", sorted(ADMINISTRATORS))
def test_who_rules_over_rights_has_no_right_on_the_register(role):
    assert RIGHTS[role] == {Can.GRANT}


def test_nobody_else_rules_over_rights():
    assert {role for role, rights in RIGHTS.items() if Can.GRANT in rights} == ADMINISTRATORS


def test_no_role_both_stages_and_approves():
    assert not [role for role, rights in RIGHTS.items() if {Can.STAGE_IMPORT, Can.APPROVE_IMPORT} <= rights]


def test_an_analyst_reads_no_register():
    assert Can.READ_REGISTER not in RIGHTS[Role.ANALYST]
