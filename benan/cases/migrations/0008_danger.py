from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def mark(apps, schema_editor):
    """Files that wait for a decision on protection are in danger since that stage began."""
    File, Track = apps.get_model("cases", "File"), apps.get_model("cases", "Track")
    waiting = Track.objects.filter(file=OuterRef("pk"), kind="protection", stage="needed")
    File.objects.filter(
        closed_on=None, pk__in=Track.objects.filter(kind="protection", stage="needed").values("file")
    ).update(danger_since=Subquery(waiting.values("since")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_status_of_a_person")]
    operations = [
        migrations.AddField(
            model_name="file",
            name="danger_since",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="có nguy hiểm từ ngày"),
        ),
        migrations.AddIndex(
            model_name="file",
            index=models.Index(
                condition=models.Q(danger_since__isnull=False), fields=["danger_since"], name="files_in_danger"
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
