"""What lists and searches of households stand on: indexes by name, and searches that people keep."""

import django.db.models.deletion
from django.db import migrations, models

_INDEXES = {
    "identity_name": "name",
    "identity_spelled": "REPLACE(pinyin, ' ', '')",
    "identity_initials": "initials",
}
"""Index -> what it sorts by within a county, of the identities in force."""


def _add(_apps, schema_editor):
    pattern = " text_pattern_ops" if schema_editor.connection.vendor == "postgresql" else ""
    for name, column in _INDEXES.items():
        schema_editor.execute(
            f"CREATE INDEX {name} ON registry_identity (county, ({column}){pattern}) WHERE live", params=None
        )


def _drop(_apps, schema_editor):
    for name in _INDEXES:
        schema_editor.execute(f"DROP INDEX {name}", params=None)


class Migration(migrations.Migration):

    dependencies = [("registry", "0002_append_only"), ("access", "0002_accounts")]

    operations = [
        migrations.RunPython(_add, _drop),
        migrations.AddIndex(
            model_name="residence",
            index=models.Index(fields=["household"], name="residence_household"),
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("sealed", models.TextField()),
                ("named", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="access.person"
                    ),
                ),
            ],
            options={"db_table": "registry_saved_search"},
        ),
    ]
