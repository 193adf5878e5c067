import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


CHOICES = [
    ("written", "Đồng ý, bằng văn bản"),
    ("spoken", "Đồng ý, bằng lời"),
    ("unable", "Chưa tự quyết được: bất tỉnh, trẻ nhỏ…"),
    ("refused", "Không đồng ý"),
    ("agreed", "Đồng ý, trước đây không ghi bằng cách nào"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_kept_from"),
        ("cases", "0010_days_in_order"),
        ("support", "0003_days_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DangerNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_at", models.DateTimeField(auto_now_add=True, verbose_name="báo lúc")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="thôi từ ngày")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                        verbose_name="nơi được báo",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.file",
                        verbose_name="hồ sơ",
                    ),
                ),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.agency",
                        verbose_name="thay cho",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ai ghi nguy hiểm",
                    ),
                ),
            ],
            options={
                "verbose_name": "báo nguy",
                "ordering": ["told_at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("ended_on", None)), fields=["agency"], name="notices_to_an_agency")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("file", "agency"),
                        name="an_office_is_told_of_a_danger_once",
                    )
                ],
            },
        ),
        # Every referral of earlier data was agreed to; in which form was not recorded.
        migrations.AddField(
            model_name="referral",
            name="consent",
            field=models.CharField(
                choices=CHOICES, default="agreed", max_length=8, verbose_name="ý người ấy hoặc người đại diện"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="referral",
            name="emergency",
            field=models.BooleanField(default=False, verbose_name="khẩn cấp"),
        ),
        migrations.RemoveField(model_name="referral", name="consented"),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.CheckConstraint(
                condition=~models.Q(consent="refused") | models.Q(accepted=False),
                name="whom_the_person_refused_is_not_asked",
            ),
        ),
    ]
