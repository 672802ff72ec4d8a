import django.db.models.deletion
from django.db import migrations, models

from bangfu.audit.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ("audit", "0003_event_indexes"),
        ("decisions", "0003_rounds"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedExit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("county", models.BigIntegerField()),
                ("place", models.BigIntegerField()),
                ("programme", models.CharField(max_length=40)),
                ("planned_on", models.DateField()),
                ("event", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="audit.event")),
            ],
            options={
                "indexes": [models.Index(fields=["county", "place", "programme"], name="planned_exit_place")],
            },
        ),
        AppendOnly("decisions_plannedexit"),
    ]
