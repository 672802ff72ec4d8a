"""Who may do what, written down a second time from TRUST.md: it knows nothing of the program that it judges.

A person holds one role in one county from one day to another. An address is about something ("places",
"register", "imports"), and often about one thing that lies somewhere. The oracle says which status the
answer has, and which names may stand in it.
"""

NOBODY, LIVE, EXPIRED, FUTURE = "nobody", "live", "expired", "future"
TIMES = (LIVE, EXPIRED, FUTURE)

# What each role does, by the table of TRUST.md: D1 is "places", D2 "register"; administrators, who rule over
# rights, see neither, and neither do those who only bring files. "imports" is to look at batches, whichever of
# "stage", "approve" and "undo" one may do; "correct" is for who reads the register and may stage as well; "country"
# is what asks for a right in the whole country; "hear" is to answer what is raised, "take down" to write it for others;
# "cases" is to see where cases stand, "work" to take a step of some procedure, "village step" one of the village,
# "open cases" to begin them. "compare" is to compare a department's list, "hear household" to record what a household
# says to a doubt, "decide hit" to decide it, "post" to hang notices, "plan exit" to
# record for which day a place is to exit.
KEEPS = {"places", "register", "imports", "stage", "correct", "take down", "cases", "work", "open cases"}
KEEPS |= {"hear household", "post"}
MAY = {
    "village_clerk": KEEPS | {"village step"},
    "town_clerk": KEEPS | {"village step", "hear"},
    "county_clerk": KEEPS | {"compare", "hear", "plan exit"},
    "county_approver": {"places", "register", "imports", "approve", "undo", "hear", "cases", "work", "decide hit"},
    "inspector": {"places", "register", "cases"},
    "auditor": {"places", "register", "cases"},
    "city_manager": {"places", "cases", "work", "hear"},
    "analyst": {"places"},
    "assisting_unit": {"places"},
    "finance_maker": {"places"},
    "import_operator": {"imports", "stage", "undo"},
    "security_admin": {"people"},
    "household": {"own"},
    "province_office": {"places", "cases", "work", "hear"},
}
RIGHTS = {"places", "register", "imports", "stage", "correct", "approve", "undo", "people", "own", "country"}
RIGHTS |= {"hear", "take down", "post", "plan exit"}
RIGHTS |= {"cases", "case", "work", "village step", "open cases", "compare", "hear household", "decide hit"}
COUNTS_ONLY = {"city_manager", "province_office"}  # who sees how many cases wait, and never of which households
HEARS_OWN_LEVEL = COUNTS_ONLY  # who hears without the register: what was raised to the level of the grant, no lower
READS_CARDS = {"inspector"}  # of D4 the table gives a reveal to nobody else

# Where a thing lies, seen from the county in which everybody of the matrix holds their role.
INSIDE = {"own", "inside", "household inside", "batch inside", "person", "case inside", "round inside", "lead inside"}
OUTSIDE = {"sibling", "beside", "above", "top", "unknown", "household outside", "household unknown"}
OUTSIDE |= {"batch outside", "batch of two", "batch unknown", "run unknown", "lead outside", "lead unknown"}
OUTSIDE |= {"case outside", "case unknown", "round outside", "round unknown"}
OUTSIDE |= {"job outside", "job unknown", "search unknown", "person unknown"}
INSIDE |= {"notice inside", "objection inside", "objection against the town"}
OUTSIDE |= {"notice outside", "notice taken down", "notice unknown", "objection outside", "objection unknown"}
OUTSIDE |= {"objection against the county"}  # who is complained about, and all below, never hear it
EVERYWHERE = {"", "run"}  # not about a place, or cut to the area inside


class Person:
    """Somebody who asks: role, and whether the grant is live; `nobody` has not signed in."""

    def __init__(self, role, time):
        self.role = role
        self.time = time

    @property
    def signed_in(self):
        return self.time != NOBODY

    def may(self, about):
        return self.time == LIVE and about in MAY[self.role]

    def __repr__(self):
        return f"{self.role} ({self.time})"


def everybody():
    """Every role in every time, and who has not signed in."""
    people = [Person(role, time) for role in MAY for time in TIMES]
    return [*people, Person(None, NOBODY)]


def status(person, address, position):
    """The status of the answer; None where the oracle has no opinion but that nothing breaks."""
    assert position in INSIDE | OUTSIDE | EVERYWHERE, position
    if address.about in {"anybody", "board", "hanging", "gone"}:
        return address.done if _reads(person, address, position) else 404
    if address.about == "door":
        return 302 if person.signed_in else address.done
    if address.about == "sign-in" and person.signed_in:
        return None
    if not person.signed_in:
        return 401 if address.bearer else 302
    if address.about == "staff":
        return 404 if position in OUTSIDE else address.done
    if not person.may("cases" if address.about == "case" else address.about):
        return 403
    if position == "objection inside" and person.role in HEARS_OWN_LEVEL:
        return 404
    inside = 403 if address.about == "case" and person.role in COUNTS_ONLY else address.done
    return 404 if position in OUTSIDE else inside


def _reads(person, address, position):
    """Whether a person reads what is there for anybody: what hangs, and what lies at a place that exists."""
    if address.about in {"anybody", "gone"}:
        return address.about == "anybody"
    if position == "notice taken down":
        return address.about == "board" and person.may("register")
    return position not in {"notice unknown", "unknown"}


def granted(person, address, canary):
    """Whether the answer to this person at this address may carry the canary.

    Names and numbers of households are for who reads the register, of the own county. Numbers of persons, phones
    and cards are for who asks to see them in full, and for the household itself on its own pages. A notice names
    heads to everybody. What was raised, and by whom, is for who hears it; the code of a card for who hands it out.
    """
    if canary.kind in {"words", "complainant"}:
        lower = canary.where == "inside" and person.role not in HEARS_OWN_LEVEL
        return address.about == "hear" and (lower or canary.where == "at the county") and person.may("hear")
    if canary.kind == "code":
        hands_out = address.issues and canary.where in {"own", "inside"} and person.may("correct")
        return hands_out or (address.about == "own" and canary.where == "own" and person.may("own"))
    if address.about in {"board", "hanging"} and canary.kind == "name" and canary.head:
        return True
    if address.about == "own":
        return canary.where == "own" and person.may("own")
    if canary.where not in {"own", "inside"} or not person.may("register"):
        return False
    if address.reveals:
        return canary.kind != "card" or person.role in READS_CARDS
    return canary.kind in {"name", "household number"}
