"""Facts only grow: the database refuses to change or delete their rows."""

from django.db import migrations

from bangfu.audit.append_only import AppendOnly

TABLES = (
    "amenities",
    "benefits",
    "contact",
    "cooperation",
    "health",
    "housing",
    "income_item",
    "insurance",
    "labour",
    "land",
    "living",
    "membership",
    "profile",
    "relocation",
    "residence",
    "risk",
    "schooling",
    "standing",
    "status_event",
    "undo",
    "village_economy",
    "village_list_counts",
    "village_profile",
    "village_services",
    "water",
    "work",
)


class Migration(migrations.Migration):
    """Put the triggers of `AppendOnly` on every table of facts; those with a `live` mark keep it changeable."""

    dependencies = [("registry", "0001_initial")]

    operations = [AppendOnly(f"registry_{table}") for table in TABLES]
