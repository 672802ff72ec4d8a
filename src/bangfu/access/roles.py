"""Roles (角色): the rights that go together in one office's work."""

from enum import StrEnum
from typing import Final

from bangfu.kernel.actors import Can
from bangfu.kernel.texts import Text


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
    ASSISTING_UNIT = "assisting_unit"
    FINANCE_MAKER = "finance_maker"
    HOUSEHOLD = "household"
    PROVINCE_OFFICE = "province_office"


_SEES: Final = frozenset({Can.READ_PLACES, Can.READ_REGISTER})
_KEEPS: Final = _SEES | {Can.STAGE_IMPORT, Can.REVEAL, Can.HEAR_HOUSEHOLD}
RIGHTS: Final[dict[Role, frozenset[Can]]] = {
    Role.VILLAGE_CLERK: _KEEPS | {Can.OPEN_CASES, Can.WORK_VILLAGE, Can.POST_NOTICES},
    Role.TOWN_CLERK: _KEEPS | {Can.OPEN_CASES, Can.WORK_VILLAGE, Can.WORK_TOWN, Can.POST_NOTICES, Can.HEAR},
    Role.COUNTY_CLERK: _KEEPS
    | {Can.FREEZE, Can.RUN, Can.VERIFY, Can.OPEN_CASES, Can.WORK_COUNTY, Can.POST_NOTICES, Can.HEAR, Can.COMPARE},
    Role.COUNTY_APPROVER: _SEES
    | {Can.REVEAL, Can.APPROVE_IMPORT, Can.UNDO_IMPORT, Can.VERIFY, Can.APPROVE_CASES, Can.HEAR, Can.DECIDE_HIT},
    Role.CITY_MANAGER: frozenset({Can.READ_PLACES, Can.FREEZE, Can.RUN, Can.VERIFY, Can.WORK_CITY, Can.HEAR}),
    Role.PROVINCE_OFFICE: frozenset({Can.READ_PLACES, Can.WORK_PROVINCE, Can.HEAR}),
    Role.ANALYST: frozenset({Can.READ_PLACES, Can.FREEZE, Can.RUN}),
    Role.INSPECTOR: _SEES | {Can.REVEAL, Can.VERIFY},
    Role.AUDITOR: _SEES | {Can.REVEAL, Can.VERIFY},
    Role.IMPORT_OPERATOR: frozenset({Can.LOAD_PLACES, Can.STAGE_IMPORT, Can.UNDO_IMPORT}),
    Role.SECURITY_ADMIN: frozenset({Can.GRANT}),
    Role.ASSISTING_UNIT: frozenset({Can.READ_PLACES}),
    Role.FINANCE_MAKER: frozenset({Can.READ_PLACES}),
    Role.HOUSEHOLD: frozenset({Can.READ_OWN}),
}

ROLE_NAMES: Final = {
    Role.VILLAGE_CLERK: Text(zh="村级信息员", en="village clerk"),
    Role.TOWN_CLERK: Text(zh="乡镇经办人", en="township clerk"),
    Role.COUNTY_CLERK: Text(zh="县扶贫办经办人", en="county clerk"),
    Role.COUNTY_APPROVER: Text(zh="县扶贫办审批人", en="county approver"),
    Role.CITY_MANAGER: Text(zh="市扶贫办负责人", en="city manager"),
    Role.ANALYST: Text(zh="数据分析员", en="analyst"),
    Role.INSPECTOR: Text(zh="督查员", en="inspector"),
    Role.AUDITOR: Text(zh="审计员", en="auditor"),
    Role.IMPORT_OPERATOR: Text(zh="数据导入员", en="import operator"),
    Role.SECURITY_ADMIN: Text(zh="安全管理员", en="security administrator"),
    Role.ASSISTING_UNIT: Text(zh="帮扶单位联络员", en="assisting unit"),
    Role.FINANCE_MAKER: Text(zh="财政经办人", en="finance officer"),
    Role.HOUSEHOLD: Text(zh="贫困户", en="household"),
    Role.PROVINCE_OFFICE: Text(zh="省扶贫办", en="office of the province"),
}

ADMINISTRATORS: Final = frozenset({Role.SECURITY_ADMIN})
"""Roles that rule over rights: they read nothing of the register, and nobody holds one beside another role."""

REVEALS_A_DAY: Final = {
    Role.VILLAGE_CLERK: 30,
    Role.TOWN_CLERK: 100,
    Role.COUNTY_CLERK: 200,
    Role.COUNTY_APPROVER: 200,
    Role.INSPECTOR: 200,
    Role.AUDITOR: 200,
}
"""How often a person of the role may open masked values in one day; each time is noted in the audit chain."""
