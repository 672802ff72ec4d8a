"""Cases of real households of the demonstration, brought as far as a notice that hangs in their village."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

START = date(2017, 1, 9)
"""The day on which the demonstration begins."""
VILLAGE_CLERK, TOWN_CLERK, COUNTY_CLERK = "吴信息", "郑乡镇", "李文员"
OUTSIDER = "何财政"
"""Reads no register, as the public."""


@dataclass(frozen=True)
class Hanging:
    """A village, the households of its notice in the order of their cases, the cases, and the notice."""

    home: object
    village: int
    households: tuple
    cases: tuple
    notice: int

    def card(self, turn=0):
        """Number and code of the card of a household."""
        from bangfu.registry.card_codes import card_code, card_number

        one = self.households[turn]
        return {"number": card_number(one.household, one.number), "code": card_code(self.home.keys, one.household)}

    def case_on_line(self, line):
        """The case behind a line of the notice."""
        import json

        from bangfu.procedures.models import Notice

        return int(json.loads(Notice.objects.get(pk=self.notice).rows)[line - 1][-1])


def acting_as(name):
    """The person of this name with the grants of the day."""
    from bangfu.access.acting import acting

    return acting(name)


def take(cases, step, by="刘村办", **said):
    """Take a step of cases today."""
    from bangfu.access.acting import today
    from bangfu.procedures.actions.take_step import take_step
    from bangfu.procedures.said import Said

    return take_step(by=acting_as(by), cases=list(cases), step=step, on=today(), said=Said(**said))


def hang(home, known, how_many=3):
    """Open cases of some households of the village clerk's village and post their first notice, today."""
    import polars as pl

    from bangfu.access.acting import today
    from bangfu.places.scope import chain_of
    from bangfu.procedures.actions.open_cases import Subjects, open_cases
    from bangfu.procedures.course import version_on
    from bangfu.procedures.models import Notice
    from bangfu.snapshots.queries import run_named
    from tests.web.registered import village_of

    village = village_of(VILLAGE_CLERK)
    chosen = tuple(one for one in known if one.village == village)[:how_many]
    frame = pl.DataFrame(
        {
            "place": [village] * len(chosen),
            "subject_id": [one.household for one in chosen],
            "proposal": ["identified"] * len(chosen),
            "grounds": ["{}"] * len(chosen),
        }
    )
    subjects = Subjects(chain_of(village), "household", frame, run_named(None).pk)
    opened = open_cases(
        by=acting_as(COUNTY_CLERK),
        version=version_on("cn_2014", "identify", today()),
        subjects=subjects,
        on=today(),
    )
    cases = tuple(opened.to_list())
    for step in ("application", "visit"):
        take(cases, step)
    take(cases, "appraisal", entitled=30, present=20)
    take(cases, "village_notice")
    return Hanging(home, village, chosen, cases, Notice.objects.get(place=village).pk)


def later(home, days):
    """Move the demonstration's day."""
    home.move_day(START + timedelta(days=days))


def door():
    """A visitor without an account."""
    from django.test import Client

    return Client(headers={"host": "localhost"}, raise_request_exception=False)


def page_of(client, number):
    """The page of a notice."""
    return client.get(f"/notices/{number}/")


def words(answer):
    """What people read on a page."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))
