"""Cases taken up to a step, as tests need them."""

from datetime import date

from bangfu.procedures.actions.take_step import take_step
from bangfu.procedures.models import Standing
from bangfu.procedures.said import Said

START = date(2017, 1, 9)
TWO_THIRDS = Said(entitled=30, present=20)


def standing(case):
    return Standing.objects.get(case_id=case, live=True)


def until_notice(hands, cases, on):
    for step in ("application", "visit"):
        take_step(by=hands.village, cases=cases, step=step, on=on)
    take_step(by=hands.village, cases=cases, step="appraisal", on=on, said=TWO_THIRDS)


def until_review(hands, cases, on_day, start=START):
    until_notice(hands, cases, start)
    take_step(by=hands.village, cases=cases, step="village_notice", on=start)
    day = on_day(start, plus=7)
    take_step(by=hands.village, cases=cases, step="village_notice", on=day)
    return day


def until_approval(hands, cases, on_day):
    day = until_review(hands, cases, on_day)
    take_step(by=hands.town, cases=cases, step="town_review", on=day)
    take_step(by=hands.village, cases=cases, step="town_notice", on=day)
    day = on_day(day, plus=7)
    take_step(by=hands.village, cases=cases, step="town_notice", on=day)
    return day
