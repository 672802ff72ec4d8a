"""The entries at the top of every page: those that the person's rights open."""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_of
from bangfu.kernel.actors import Can
from bangfu.procedures.course import RIGHTS as CASE_RIGHTS


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its words, its address, and whether the page shown is below it."""

    title: str
    address: str
    here: bool


_ENTRIES: Final = (
    ("my_day", gettext_lazy("My day"), ()),
    ("places", gettext_lazy("Places"), (Can.READ_PLACES,)),
    ("households", gettext_lazy("Households"), (Can.READ_REGISTER,)),
    ("cases", gettext_lazy("Cases"), CASE_RIGHTS),
    ("leads", gettext_lazy("Doubts"), (Can.READ_REGISTER,)),
    ("own_household", gettext_lazy("My household"), (Can.READ_OWN,)),
    ("objections", gettext_lazy("Objections"), (Can.HEAR,)),
    ("notices", gettext_lazy("Notices"), (Can.READ_PLACES, Can.READ_OWN)),
    ("imports", gettext_lazy("Imports"), (Can.STAGE_IMPORT, Can.APPROVE_IMPORT, Can.UNDO_IMPORT)),
    ("runs", gettext_lazy("Runs"), (Can.READ_PLACES, Can.RUN)),
    ("people", gettext_lazy("People"), (Can.GRANT,)),
    ("jobs", gettext_lazy("Jobs"), (Can.READ_REGISTER, Can.STAGE_IMPORT, Can.APPROVE_IMPORT)),
)

_PUBLIC: Final = (
    ("notices", gettext_lazy("Notices")),
    ("card_door", gettext_lazy("My card")),
    ("object_to", gettext_lazy("Object")),
    ("receipt", gettext_lazy("My receipt")),
    ("my_day", gettext_lazy("Sign in")),
)
"""What anybody finds before signing in."""


def public_entries(path: str) -> list[Entry]:
    """Return the entries that anybody may open."""
    listed = [(str(title), reverse(name)) for name, title in _PUBLIC]
    return [Entry(title, address, address != "/" and path.startswith(address)) for title, address in listed]


def entries_for(actor: ActingPerson, path: str) -> list[Entry]:
    """Return the entries that the person may open."""
    shown = []
    for name, title, rights in _ENTRIES:
        if rights and not scope_of(actor, *rights).roots:
            continue
        address = reverse(name)
        here = path == address if address == "/" else path.startswith(address)
        shown.append(Entry(str(title), address, here))
    return shown
