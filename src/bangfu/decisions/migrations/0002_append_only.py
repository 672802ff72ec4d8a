from django.db import migrations

from bangfu.audit.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ("decisions", "0001_initial"),
    ]

    operations = [
        AppendOnly("decisions_authorisation"),
        AppendOnly("decisions_comparison"),
        AppendOnly("decisions_hit"),
        AppendOnly("decisions_hearing"),
        AppendOnly("decisions_disposition"),
    ]
