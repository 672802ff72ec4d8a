"""Roles (角色): the rights that go together in one office's work."""

from enum import StrEnum
from typing import Final

from bangfu.kernel.actors import Can


class Role(StrEnum):
    """A role that a grant gives."""

    VILLAGE_CLERK = "village_clerk"
    TOWN_CLERK = "town_clerk"
    COUNTY_CLERK = "county_clerk"
    COUNTY_APPROVER = "county_approver"
    CITY_MANAGER = "city_manager"
    ANALYST = "analyst"
    INSPECTOR = "inspector"
    AUDITOR = "auditor"
    IMPORT_OPERATOR = "import_operator"
    SECURITY_ADMIN = "security_admin"


RIGHTS: Final[dict[Role, frozenset[Can]]] = {
    Role.VILLAGE_CLERK: frozenset({Can.READ_REGISTER, Can.STAGE_IMPORT}),
    Role.TOWN_CLERK: frozenset({Can.READ_REGISTER, Can.STAGE_IMPORT}),
    Role.COUNTY_CLERK: frozenset({Can.READ_REGISTER, Can.STAGE_IMPORT, Can.FREEZE, Can.RUN, Can.VERIFY}),
    Role.COUNTY_APPROVER: frozenset({Can.READ_REGISTER, Can.APPROVE_IMPORT, Can.UNDO_IMPORT, Can.VERIFY}),
    Role.CITY_MANAGER: frozenset({Can.FREEZE, Can.RUN, Can.VERIFY}),
    Role.ANALYST: frozenset({Can.FREEZE, Can.RUN}),
    Role.INSPECTOR: frozenset({Can.READ_REGISTER, Can.VERIFY}),
    Role.AUDITOR: frozenset({Can.READ_REGISTER, Can.VERIFY}),
    Role.IMPORT_OPERATOR: frozenset({Can.LOAD_PLACES, Can.STAGE_IMPORT, Can.UNDO_IMPORT}),
    Role.SECURITY_ADMIN: frozenset({Can.GRANT}),
}

ADMINISTRATORS: Final = frozenset({Role.SECURITY_ADMIN})
"""Roles that rule over rights: they read nothing of the register, and nobody holds one beside another role."""
