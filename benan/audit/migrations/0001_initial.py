import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='số thứ tự')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('by', models.CharField(blank=True, max_length=150, verbose_name='ai')),
                ('event', models.CharField(max_length=40, verbose_name='việc')),
                ('subject', models.CharField(blank=True, max_length=80, verbose_name='về')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='chi tiết')),
                ('previous', models.CharField(max_length=64, verbose_name='mã kiểm tra của dòng trước')),
                ('hash', models.CharField(max_length=64, verbose_name='mã kiểm tra')),
            ],
            options={
                'verbose_name': 'dòng nhật ký',
                'ordering': ['seq'],
                'indexes': [models.Index(fields=['subject', 'seq'], name='trail_by_subject'), django.contrib.postgres.indexes.GinIndex(django.db.models.fields.json.KeyTransform('cases', 'data'), condition=models.Q(('data__has_key', 'cases')), name='trail_by_listed_case'), models.Index(fields=['by', 'event', 'at'], name='trail_by_whom')],
            },
        ),
    ]
