"""Which households may be looked up."""

from datetime import date

import polars as pl

from bangfu.decisions.models import Authorisation
from bangfu.params.programme import Programme
from bangfu.places.scope import Scope
from bangfu.registry.directory import directory

NEEDED = "lookup_needs_authorisation"


def authorised_households(scope: Scope, programme: Programme, on: date) -> pl.Series | None:
    """Return the households of a scope that may be looked up on a day, since they signed for it (已授权农户).

    on  the day of the look-up, not that of what is looked up
    None where the programme asks for none on that day.
    """
    if not programme.value(NEEDED, on).value:
        return None
    homes = directory(scope)["household"]
    signed = Authorisation.objects.filter(signed_on__lte=on).values_list("household_id", flat=True)
    return homes.filter(homes.is_in(pl.Series(sorted(set(signed)), dtype=pl.Int64).implode()))


def households_without_authorisation(scope: Scope, programme: Programme, on: date) -> pl.DataFrame:
    """Return the households that must not be looked up: their rows of the directory, by county and number."""
    signed = authorised_households(scope, programme, on)
    homes = directory(scope)
    return homes.clear() if signed is None else homes.filter(~pl.col("household").is_in(signed.implode()))


def signed_since(household: int) -> date | None:
    """Return the day of the first paper that a household signed; None where none is on file."""
    papers = Authorisation.objects.filter(household_id=household)
    return papers.order_by("signed_on").values_list("signed_on", flat=True).first()
