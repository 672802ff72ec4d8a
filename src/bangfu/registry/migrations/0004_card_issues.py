"""Household cards that took the place of lost ones; their table only grows."""

import django.db.models.deletion
from django.db import migrations, models

from bangfu.audit.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0003_event_indexes'),
        ('registry', '0003_directory'),
    ]

    operations = [
        migrations.CreateModel(
            name='CardIssue',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('county', models.BigIntegerField()),
                ('issue', models.IntegerField()),
                ('issued_on', models.DateField()),
                ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='audit.event')),
                ('household', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.household')),
            ],
            options={
                'db_table': 'registry_card_issue',
                'constraints': [models.UniqueConstraint(fields=('household', 'issue'), name='card_issue_once')],
            },
        ),
        AppendOnly('registry_card_issue'),
    ]
