"""A text that is longer than its column is refused, on SQLite by what the tests add to it."""

import pytest
from django.db import DatabaseError, transaction

from bangfu.work.models import Job

pytestmark = pytest.mark.store


def test_a_text_fits_its_column_or_is_refused(people):
    longest = Job._meta.get_field("kind").max_length
    Job.objects.create(kind="x" * longest, person_id=people.clerk.person_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Job.objects.create(kind="x" * (longest + 1), person_id=people.clerk.person_id)
    with pytest.raises(DatabaseError), transaction.atomic():
        Job.objects.update(kind="x" * (longest + 1))
