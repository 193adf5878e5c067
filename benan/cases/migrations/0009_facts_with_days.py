import django.db.models.deletion
from django.db import migrations, models

NAMES = [
    ("nationality", "Quốc tịch"),
    ("poor_household", "Thuộc hộ nghèo"),
    ("financial_difficulty", "Thuộc hộ cận nghèo hoặc đang hưởng trợ cấp xã hội hằng tháng"),
    ("cannot_pay_travel", "Muốn về nơi cư trú mà không có khả năng trả tiền tàu xe, tiền ăn đi đường"),
]


def fill(apps, _schema):
    """What files say so far is taken to have been true always."""
    File, Fact = apps.get_model("cases", "File"), apps.get_model("cases", "Fact")
    rows = []
    for file in File.objects.exclude(nationality="", poor_household=None).order_by("pk"):
        if file.nationality:
            rows.append(Fact(file=file, name="nationality", value=file.nationality, recorded_on=file.opened_on))
        if file.poor_household is not None:
            poor = "yes" if file.poor_household else "no"
            rows.append(Fact(file=file, name="poor_household", value=poor, recorded_on=file.opened_on))
    Fact.objects.bulk_create(rows, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_danger")]
    operations = [
        migrations.AddField(
            model_name="file",
            name="financial_difficulty",
            field=models.BooleanField(blank=True, null=True, verbose_name="hộ cận nghèo hoặc trợ cấp hằng tháng"),
        ),
        migrations.AddField(
            model_name="file",
            name="cannot_pay_travel",
            field=models.BooleanField(blank=True, null=True, verbose_name="không trả được tiền tàu xe về nhà"),
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(choices=NAMES, max_length=20, verbose_name="điều đã biết")),
                ("value", models.CharField(blank=True, max_length=20, verbose_name="giá trị")),
                ("true_from", models.DateField(null=True, verbose_name="đúng từ ngày")),
                ("recorded_on", models.DateField(verbose_name="ngày ghi")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facts",
                        to="cases.file",
                        verbose_name="hồ sơ",
                    ),
                ),
            ],
            options={
                "verbose_name": "điều đã biết theo ngày",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["file", "name"], name="facts_of_a_file")],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
