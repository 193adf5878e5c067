import datetime as dt

from django.db import migrations, models

# Every track of earlier data began under the only version there was.
ONLY_VERSION = {"procedure": "self_reported", "version": dt.date(2014, 3, 25)}


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_steps_by_event")]
    operations = [
        migrations.AddField(
            model_name="track",
            name="procedure",
            field=models.CharField(default=ONLY_VERSION["procedure"], max_length=40, verbose_name="thủ tục"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="track",
            name="version",
            field=models.DateField(
                default=ONLY_VERSION["version"], verbose_name="phiên bản có hiệu lực từ ngày"
            ),
            preserve_default=False,
        ),
    ]
