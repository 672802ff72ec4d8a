"""The procedures of the project's own files: who votes, who approves, how long one may object."""

from datetime import date

import pytest

from bangfu.kernel.errors.parameters import ParameterNotInForce
from bangfu.params import load

OWN = load()
GUIZHOU_COUNTY = 520123000000
FICTION = 990101000000

STEPS = [
    pytest.param(id_, procedure, step, id=f"{id_} {procedure.name} {procedure.start} {step.name}")
    for id_, each in OWN.programmes.items()
    for versions in each._procedures.values()
    for procedure in versions
    for step in procedure.steps
]


@pytest.mark.parametrize(("programme", "procedure", "step"), STEPS)
def test_every_approval_has_two_persons_and_every_appraisal_a_quorum_and_a_vote(programme, procedure, step):
    assert step.persons == 2 if step.kind == "approval" else step.persons in {1, 2}
    meets = step.kind == "meeting"
    assert (step.quorum_numerator, step.quorum_denominator) == ((2, 3) if meets else (0, 1))
    assert (step.majority_numerator, step.majority_denominator) == ((1, 2) if meets else (0, 1))
    assert (step.vote_source is not None) is meets


def test_the_law_of_the_villages_sets_quorum_and_majority_and_the_exit_borrows_it():
    programme = OWN.programme("cn_2014")
    marks = {
        name: next(step.vote_source.mark for step in programme.steps(name, date(2016, 12, 31)) if step.vote_source)
        for name in ("identify", "identify_two_appraisals", "relapse", "remove", "lookback", "exit")
    }
    assert {name for name, mark in marks.items() if mark == "M?"} == {"exit"}


@pytest.mark.parametrize("id_", ["cn_2014", "gd_2016", "cn_2020m", "cn_2021"])
def test_an_objection_is_answered_within_fifteen_days_and_a_review_asked_within_thirty(id_):
    programme, day = OWN.programme(id_), date(2021, 6, 1)
    days = [programme.value(name, day) for name in ("objection_answer_days", "appeal_days", "appeal_answer_days")]
    assert [(each.value, each.provisional) for each in days] == [(15, True), (30, False), (30, False)]
    assert programme.value("complaint_answer_days", day).value == 60
    phone = programme.value("supervision_phone", day)
    assert (phone.show(), phone.source.mark) == ("12317", "M+")
    with pytest.raises(ParameterNotInForce):
        programme.value("supervision_phone", date(2014, 11, 30))


def test_who_was_wrongly_listed_is_heard_before_anything_is_proposed():
    names = [step.name for step in OWN.programme("cn_2014").steps("remove", date(2015, 8, 1))]
    assert names.index("lead") < names.index("hearing") < names.index("appraisal") < names.index("county_approval")
    with pytest.raises(ParameterNotInForce):
        OWN.programme("cn_2014").steps("remove", date(2015, 7, 31))


def test_a_return_to_the_list_takes_the_days_of_identification():
    programme, day = OWN.programme("cn_2014"), date(2016, 4, 23)
    notices = [
        [s.minimum_days for s in programme.steps(name, day) if s.kind == "notice"] for name in ("relapse", "identify")
    ]
    assert notices == [[7, 7], [7, 7]]


def test_the_reward_for_an_early_exit_is_a_local_example():
    scale = OWN.programme("cn_2014").scales["early_exit_reward"]
    found = scale.on(date(2016, 4, 23), FICTION)
    assert [months for months, _ in found.rows] == [12, 24, 36]
    assert found.source.provisional
    assert scale.on(date(2016, 4, 22), FICTION) is None
    assert scale.on(date(2016, 4, 23), GUIZHOU_COUNTY) is None
