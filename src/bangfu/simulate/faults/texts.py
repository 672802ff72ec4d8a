"""Labels that no code list knows."""

from bangfu.simulate.faults.kinds import Case, kind


@kind("label_unknown", "import_warning", hamlet=True)
def label_unknown(case: Case) -> bool:
    """Plant: a member's health is told in words that the form does not have."""
    row = case.record.roster[-1]
    row.cells["health_status"] = "身体还行"
    return case.mark(row, "health_status")


@kind("label_unknown_household", "import_warning")
def label_unknown_household(case: Case) -> bool:
    """Plant: the house's structure is told in words that the form does not have."""
    if not case.style.per_head:
        return False
    case.record.ledger.cells["housing_structure"] = "老屋"
    return case.mark(case.record.ledger, "housing_structure")


@kind("name_missing", "import_error")
def name_missing(case: Case) -> bool:
    """Plant: a member has a number but no name."""
    row = case.record.roster[-1]
    row.cells["name"] = ""
    return case.mark(row, "name")


@kind("cause_missing", "quality")
def cause_missing(case: Case) -> bool:
    """Plant: the form demands a main cause of poverty; both ledgers leave it blank."""
    case.set_in_roster("main_cause", "")
    case.record.ledger.cells["main_cause"] = ""
    return case.mark(case.record.ledger, "main_cause")
