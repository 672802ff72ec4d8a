"""Kinds of dated status events, from which a household's status derives."""

from enum import IntEnum


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
