from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models
from django.db.models import F, Func, Q

KINDS = [("pending", "Chờ xác minh"), ("victim", "Nạn nhân"), ("not_victim", "Không phải nạn nhân")]


def fill(apps, _schema):
    """Write the statuses of every claimant from the findings that stand."""
    File, Status = apps.get_model("cases", "File"), apps.get_model("cases", "Status")
    for file in File.objects.filter(kind="claimant").prefetch_related("findings").iterator(chunk_size=500):
        rows = [Status(file=file, status="pending", since=file.opened_on)]
        found = [one for one in file.findings.all() if one.on and not one.withdrawn]
        for finding in sorted(found, key=lambda one: one.pk):
            rows = [row for row in rows if row.since < finding.on]
            if rows and rows[-1].status == finding.outcome:
                rows[-1].until = None
                continue
            if rows:
                rows[-1].until = finding.on
            rows.append(Status(file=file, status=finding.outcome, since=finding.on))
        Status.objects.bulk_create(rows)
        now = rows[-1]
        recognised = now.since if now.status == "victim" else None
        File.objects.filter(pk=file.pk).update(status=now.status, recognised_on=recognised)


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_day_of_entry")]
    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            model_name="file",
            name="status",
            field=models.CharField(blank=True, choices=KINDS, default="", max_length=10, verbose_name="tình trạng"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name="file", index=models.Index(fields=["status"], name="files_by_status")
        ),
        migrations.CreateModel(
            name="Status",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("status", models.CharField(choices=KINDS, max_length=10, verbose_name="là ai trong vụ việc")),
                ("since", models.DateField(verbose_name="từ ngày")),
                ("until", models.DateField(null=True, verbose_name="đến trước ngày")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="statuses",
                        to="cases.file",
                        verbose_name="hồ sơ",
                    ),
                ),
            ],
            options={
                "verbose_name": "tình trạng theo ngày",
                "ordering": ["since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(until=None) | Q(until__gt=F("since")), name="a_status_lasts_a_day"
                    ),
                    ExclusionConstraint(
                        expressions=[
                            ("file", "="),
                            (Func(F("since"), F("until"), function="daterange", output_field=DateRangeField()), "&&"),
                        ],
                        name="one_status_of_a_person_at_a_time",
                    ),
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
