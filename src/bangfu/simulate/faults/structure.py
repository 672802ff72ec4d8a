"""Problems of place, membership and status: rows in the wrong village, counts and years that contradict each other."""

from bangfu.simulate.faults.kinds import Case, kind


@kind("village_unknown", "import_error", hamlet=True)
def village_unknown(case: Case) -> bool:
    """Plant: the ledger names a village that the county does not have."""
    if not case.style.per_head:
        return False
    case.record.ledger.cells["village_name"] = "无此地村"
    return case.mark(case.record.ledger, "village_name")


@kind("village_of_other_town", "import_error")
def village_of_other_town(case: Case) -> bool:
    """Plant: the ledger of one town names a village that only another town has."""
    if not case.style.per_head:
        return False
    own = case.record.ledger.cells["town_name"]
    other = next((o for o in case.elsewhere if o.ledger.cells["town_name"] != own), None)
    if other is None:
        return False
    case.record.ledger.cells["village_name"] = other.truth["village_name"]
    return case.mark(case.record.ledger, "village_name")


@kind("village_by_alias", "accepted", hamlet=True)
def village_by_alias(case: Case) -> bool:
    """Plant: the ledger calls the village by another name in use."""
    if not (case.style.per_head and case.record.truth["village_alias"]):
        return False
    case.record.ledger.cells["village_name"] = case.record.truth["village_alias"]
    return case.mark(case.record.ledger, "village_name")


@kind("village_merged", "accepted", hamlet=True)
def village_merged(case: Case) -> bool:
    """Plant: the ledger still names the village that was merged into this one."""
    if not case.record.truth["village_former"]:
        return False
    case.record.ledger.cells["village_name"] = case.record.truth["village_former"]
    return case.mark(case.record.ledger, "village_name")


@kind("declared_count_differs", "quality", hamlet=True)
def declared_count_differs(case: Case) -> bool:
    """Plant: both ledgers declare one member more than the roster lists: nobody knows by whom income is shared."""
    more = int(case.record.truth["members"]) + 1
    case.set_in_roster("declared_members", more)
    case.record.ledger.cells["declared_members"] = more
    return case.mark(case.record.ledger, "declared_members")


@kind("exit_year_without_status", "quality", hamlet=True)
def exit_year_without_status(case: Case) -> bool:
    """Plant: a year of exit is given, but the household counts as poor still."""
    if case.record.truth["exit_status"] != "未脱贫":
        return False
    case.set_in_roster("exit_year", 2015)
    return case.mark(case.record.roster[0], "exit_year")


@kind("exit_status_without_year", "quality")
def exit_status_without_year(case: Case) -> bool:
    """Plant: the household counts as having left poverty, but nobody says when."""
    if case.record.truth["exit_status"] != "已脱贫":
        return False
    case.set_in_roster("exit_year", None)
    return case.mark(case.record.roster[0], "exit_year")


@kind("exit_below_line", "quality", hamlet=True)
def exit_below_line(case: Case) -> bool:
    """Plant: the household is booked as having left poverty, but its income lies below the line (数字脱贫)."""
    if case.record.truth["exit_status"] != "未脱贫" or not case.record.truth["poor"]:
        return False
    case.set_in_roster("exit_status", "已脱贫")
    case.set_in_roster("exit_year", 2016)
    return case.mark(case.record.roster[0], "exit_status")
