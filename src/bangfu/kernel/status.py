"""Kinds of dated status events, from which a household's status derives."""

from enum import IntEnum
from typing import Final

from bangfu.kernel.texts import Text


class StatusKind(IntEnum):
    """What happened to a household's status on a day (状态事件)."""

    IDENTIFIED = 1
    EXITED = 2
    RELAPSED = 3
    REMOVED = 4
    MONITORED = 11
    CLEARED = 12


POVERTY_TRACK = (StatusKind.IDENTIFIED, StatusKind.EXITED, StatusKind.RELAPSED, StatusKind.REMOVED)
MONITORING_TRACK = (StatusKind.MONITORED, StatusKind.CLEARED)

EXIT_STATUS = {StatusKind.IDENTIFIED: 4, StatusKind.EXITED: 1, StatusKind.RELAPSED: 2}
"""What the poverty track's last event means in the code list `exit_status`: 未脱贫, 已脱贫, 返贫."""


STATUS_NAMES: Final = {
    StatusKind.IDENTIFIED: Text(zh="在册贫困户", en="registered poor"),
    StatusKind.EXITED: Text(zh="已脱贫", en="exited"),
    StatusKind.RELAPSED: Text(zh="返贫", en="returned to poverty"),
    StatusKind.REMOVED: Text(zh="已清退", en="removed"),
    StatusKind.MONITORED: Text(zh="监测对象", en="monitored"),
    StatusKind.CLEARED: Text(zh="风险已消除", en="risk removed"),
}
"""How people call the state that each event leaves."""
