"""New subjects get numbers of their own, also where one planned between them was refused afterwards."""

import polars as pl
import pytest
from django.db import transaction

from bangfu.intake.applying import number_new

pytestmark = pytest.mark.store


def test_a_person_refused_after_planning_leaves_no_hole_in_the_numbers(home):
    frames = {
        "new_households": pl.DataFrame({"household_id": [-1, -2]}),
        "new_persons": pl.DataFrame({"person_id": [-1, -3, -4]}),
    }
    planned = pl.DataFrame({"household_id": [-2, 70, -1], "person_id": [-4, -1, -3]})
    with transaction.atomic():
        numbering = number_new(frames)
    placed = planned.select(numbering.households("household_id"), numbering.persons("person_id"))
    assert placed["household_id"].to_list() == [2, 70, 1]
    assert placed["person_id"].to_list() == [3, 1, 2]
