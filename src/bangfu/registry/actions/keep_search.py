"""Keep a search under an opaque number, and forget it again."""

import json
import secrets
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from bangfu.access.acting import ActingPerson
from bangfu.kernel.secrets import Keys
from bangfu.registry.models import SavedSearch
from bangfu.registry.saved_searches import KEPT_FOR, context_of

LONGEST_NAME: Final = 60
MOST_NAMED: Final = 100
"""How many named searches a person keeps; the oldest makes room."""
_ID_BYTES: Final = 16


@transaction.atomic
def keep_search(*, by: ActingPerson, words: str, filters: Mapping[str, Any], name: str, keys: Keys) -> str:
    """Keep words and filters for the person and return the opaque number (保存查询).

    Nothing of the register is changed, so no audit event is written; the words lie sealed. Searches
    without a name that nobody can open any more are dropped on the way.

    name  what to call it; empty for a search that passes
    """
    now = timezone.now()
    SavedSearch.objects.filter(named=False, made_at__lt=now - KEPT_FOR).delete()
    name = name.strip()[:LONGEST_NAME]
    number = secrets.token_urlsafe(_ID_BYTES)
    text = json.dumps({"name": name, "words": words, "filters": dict(filters)}, ensure_ascii=False)
    sealed = keys.encrypt(text.encode(), context_of(number)).hex()
    SavedSearch.objects.create(id=number, person_id=by.person_id, sealed=sealed, named=bool(name), made_at=now)
    if name:
        mine = SavedSearch.objects.filter(person_id=by.person_id, named=True).order_by("-made_at")
        surplus = list(mine.values_list("pk", flat=True)[MOST_NAMED:])
        SavedSearch.objects.filter(pk__in=surplus).delete()
    return number


def forget_search(*, by: ActingPerson, number: str) -> bool:
    """Delete a search of the person (删除查询); returns whether there was one. Nobody deletes another's."""
    deleted, _ = SavedSearch.objects.filter(pk=number, person_id=by.person_id).delete()
    return bool(deleted)
