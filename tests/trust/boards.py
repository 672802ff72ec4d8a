"""What hangs in the world of the matrix, what was raised against it, and the codes of its cards."""

from datetime import date, timedelta

LAW_FROM = date(2014, 1, 1)
"""The version of the procedure by which the cases of the world go, whatever day it is."""
OPEN_DAYS = 40


def raise_all(staff, home, things, canaries):
    """Hang a notice in both counties and one that was taken down, object to each; return the things by position."""
    from bangfu.access.founding import Visitor
    from bangfu.procedures.actions.raise_objection import Complaint, raise_objection

    villages = {"inside": 990101100201, "outside": 990102100201}
    found = {"notice unknown": 99_999, "objection unknown": 99_999}
    found["notice taken down"] = _taken_down(staff, home, villages["inside"], things["household inside"])
    for where, village in villages.items():
        case, found[f"notice {where}"] = _hung(staff, village, things[f"household {where}"])
        told = [(f"靁{where}words", "words"), (f"靁{where}who", "complainant")]
        complaint = Complaint(village, told[0][0], who=told[1][0], case=case)
        found[f"objection {where}"] = raise_objection(by=Visitor(), complaint=complaint, programme="cn_2014").pk
        canaries += [_canary(text, kind, where) for text, kind in told]
    for about, where in (("town", "at the county"), ("county", "above")):
        told = [(f"靁{about}words", "words"), (f"靁{about}who", "complainant")]
        against = Complaint(villages["inside"], told[0][0], who=told[1][0], about=about)
        found[f"objection against the {about}"] = raise_objection(
            by=Visitor(), complaint=against, programme="cn_2014"
        ).pk
        canaries += [_canary(text, kind, where) for text, kind in told]
    canaries += _codes(home)
    return found


def _canary(text, kind, where):
    from tests.trust.register import Canary

    return Canary(text, kind, where)


def _codes(home):
    """The codes of all cards: of the household whose member looks, of those beside it, of those outside."""
    from bangfu.registry.card_codes import card_code
    from bangfu.registry.models import Household

    rows = list(Household.objects.order_by("id").values_list("id", "county"))
    own = next(number for number, county in rows if county == 990101000000)
    places = {
        number: "own" if number == own else "inside" if county == 990101000000 else "outside" for number, county in rows
    }
    return [_canary(card_code(home.keys, number), "code", where) for number, where in places.items()]


def _hung(staff, village, household, *, proposal="identified"):
    """Open a case and post its first notice today; return the case and the notice."""
    import polars as pl

    from bangfu.access.acting import today
    from bangfu.places.scope import chain_of
    from bangfu.procedures.actions.open_cases import Subjects, open_cases
    from bangfu.procedures.actions.take_step import take_step
    from bangfu.procedures.course import Version
    from bangfu.procedures.models import Notice
    from bangfu.procedures.said import Said

    frame = pl.DataFrame(
        {"place": [village], "subject_id": [household], "proposal": [proposal], "grounds": ["{}"]},
    )
    version = Version("cn_2014", "identify", LAW_FROM)
    opened = open_cases(
        by=staff["clerk"], version=version, subjects=Subjects(chain_of(village), "household", frame), on=today()
    )
    cases = opened.to_list()
    for step, said in (("application", None), ("visit", None), ("appraisal", Said(entitled=3, present=3))):
        take_step(by=staff["village"], cases=cases, step=step, on=today(), said=said)
    take_step(by=staff["village"], cases=cases, step="village_notice", on=today())
    return cases[0], Notice.objects.order_by("id").last().pk


def _taken_down(staff, home, village, household):
    """Hang a notice whose last day has passed: the world lives some weeks ago while it is posted; end its case."""
    from bangfu.access.acting import today
    from bangfu.procedures.actions.send_back import send_back
    from bangfu.procedures.actions.take_step import take_step
    from bangfu.procedures.said import Said

    now = today()
    home.move_day(now - timedelta(days=OPEN_DAYS))
    try:
        case, notice = _hung(staff, village, household)
    finally:
        (home.path / "day").unlink()
    send_back(by=staff["village"], cases=[case], to="appraisal", reason="退回")
    against = Said(entitled=3, present=3, votes={case: (1, 2, 0)})
    take_step(by=staff["village"], cases=[case], step="appraisal", on=today(), said=against)
    return notice
