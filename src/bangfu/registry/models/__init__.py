"""Tables of the register, one module for each noun."""

from bangfu.registry.models.base import DatedFact, HouseholdFact, PersonFact, Recorded, VillageFact
from bangfu.registry.models.card_issue import CardIssue
from bangfu.registry.models.household_facts import (
    Amenities,
    Cooperation,
    Housing,
    Land,
    Living,
    Relocation,
    Risk,
    Standing,
    Water,
)
from bangfu.registry.models.person_facts import Benefits, Health, Insurance, Labour, Profile, Schooling, Work
from bangfu.registry.models.saved_search import SavedSearch
from bangfu.registry.models.subject import (
    Contact,
    Household,
    Identity,
    IncomeItem,
    Membership,
    Person,
    Residence,
    StatusEvent,
    Undo,
)
from bangfu.registry.models.village_facts import VillageEconomy, VillageListCounts, VillageProfile, VillageServices

__all__ = [
    "Amenities",
    "Benefits",
    "CardIssue",
    "Contact",
    "Cooperation",
    "DatedFact",
    "Health",
    "Household",
    "HouseholdFact",
    "Housing",
    "Identity",
    "IncomeItem",
    "Insurance",
    "Labour",
    "Land",
    "Living",
    "Membership",
    "Person",
    "PersonFact",
    "Profile",
    "Recorded",
    "Relocation",
    "Residence",
    "Risk",
    "SavedSearch",
    "Schooling",
    "Standing",
    "StatusEvent",
    "Undo",
    "VillageEconomy",
    "VillageFact",
    "VillageListCounts",
    "VillageProfile",
    "VillageServices",
    "Water",
    "Work",
]
