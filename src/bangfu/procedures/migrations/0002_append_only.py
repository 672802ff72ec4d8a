from django.db import migrations

from bangfu.audit.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ("procedures", "0001_initial"),
    ]

    operations = [
        AppendOnly("procedures_approval"),
    ]
