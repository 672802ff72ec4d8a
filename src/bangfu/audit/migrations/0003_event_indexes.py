"""What somebody did today is counted at every reveal, and a household's page asks for the batches behind it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("audit", "0002_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["actor_id", "at"], name="event_actor"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject"], name="event_subject"),
        ),
    ]
