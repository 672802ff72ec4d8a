"""Everything that reads the searches that people keep."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from bangfu.access.acting import ActingPerson
from bangfu.kernel.secrets import Keys
from bangfu.registry.models import SavedSearch

KEPT_FOR: Final = timedelta(days=7)
"""How long a search without a name can be opened again."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A search as its pages need it.

    id       the opaque number
    name     what its maker called it; empty for a passing search
    words    what was searched for
    filters  the filters in force when it was made
    mine     whether the reader made it
    made_at  when
    """

    id: str
    name: str
    words: str
    filters: dict[str, Any]
    mine: bool
    made_at: datetime


def search_named(id_: str, by: ActingPerson, keys: Keys) -> Kept | None:
    """Return the search of this opaque number, None when there is none any more."""
    found = _living().filter(pk=id_).first()
    return _opened(found, by, keys) if found else None


def searches_of(by: ActingPerson, keys: Keys) -> list[Kept]:
    """Return the searches that the person gave a name, the latest first."""
    mine = _living().filter(person_id=by.person_id, named=True).order_by("-made_at")
    return [_opened(one, by, keys) for one in mine]


def context_of(id_: str) -> str:
    """Return the place to which the seal of a search is bound."""
    return f"saved_search|sealed|{id_}"


def _living() -> Any:
    return SavedSearch.objects.filter(Q(named=True) | Q(made_at__gt=timezone.now() - KEPT_FOR))


def _opened(one: SavedSearch, by: ActingPerson, keys: Keys) -> Kept:
    told = json.loads(keys.decrypt(bytes.fromhex(one.sealed), context_of(one.pk)))
    mine = one.person_id == by.person_id
    return Kept(one.pk, told["name"], told["words"], told["filters"], mine, one.made_at)
