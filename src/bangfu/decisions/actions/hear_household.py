"""Record what a household says to a hit."""

from datetime import date
from typing import Final

from django.db import transaction

from bangfu.access.acting import ActingPerson, today
from bangfu.audit.actions import append_event, lock_chain
from bangfu.audit.commitments import commit_rows
from bangfu.audit.row_numbers import next_number
from bangfu.decisions.models import Hearing
from bangfu.decisions.queries.hits import hit_seen, words_context
from bangfu.decisions.words import checked_words
from bangfu.kernel.actors import Can, require
from bangfu.kernel.errors.comparisons import HitDecided, WordsMissing
from bangfu.kernel.home import Home

_COLUMNS: Final = ("id", "county", "hit_id", "heard_on", "words_sealed", "person_id")


@transaction.atomic
def hear_household(*, by: ActingPerson, hit: int, heard_on: date, words: str) -> Hearing:
    """Record what the household says to a hit (听取农户说明). Its words are sealed, and no number may stand in them.

    The same words of the same day, sent twice by one person, stand once.

    by        needs the right to record what households say, where the household lives
    heard_on  the day on which it was heard, not after today
    Raises    NotPermitted, HitUnknown, HitDecided; WordsMissing for none, too many, or words with a number of a person
    """
    found = hit_seen(by, hit, Can.HEAR_HOUSEHOLD)
    require(by, Can.HEAR_HOUSEHOLD, found.place)
    said = checked_words(words)
    if heard_on > today():
        raise WordsMissing(limit=len(said))
    lock_chain(found.hit.county)
    if found.decided:
        raise HitDecided(hit=hit)
    keys = Home.current().keys
    for one in Hearing.objects.filter(hit_id=hit, heard_on=heard_on, person_id=by.person_id):
        if keys.decrypt(bytes.fromhex(one.words_sealed), words_context(one.pk)).decode() == said:
            return one
    number = next_number(Hearing)
    sealed = keys.encrypt(said.encode(), words_context(number)).hex()
    row = (number, found.hit.county, hit, heard_on, sealed, by.person_id)
    event = append_event(
        by=by,
        county=found.hit.county,
        action="hit.hear",
        subject=f"hit {hit}",
        body={"tables": {Hearing._meta.db_table: commit_rows(keys, _COLUMNS, [row])}},
    )
    return Hearing.objects.create(**dict(zip(_COLUMNS, row, strict=True)), event=event)
