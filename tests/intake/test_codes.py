"""A code tells one thing: no error, no problem of a row and no refusal shares it with another."""

from collections import Counter

from bangfu.intake.problems import Problem
from bangfu.intake.refusals import Refusal
from bangfu.kernel.errors import BangfuError


def every_error(above=BangfuError):
    return [found for each in above.__subclasses__() for found in (each, *every_error(each))]


def test_no_code_is_given_twice():
    codes = {each.code for each in every_error() if "code" in vars(each)}
    told = Counter([*codes, *(each.value for each in Problem), *(each.value[0] for each in Refusal)])
    assert len(codes) > 50
    assert [code for code, times in told.items() if times > 1] == []
