import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('cases', '0001_initial'),
        ('needs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DangerNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('told_at', models.DateTimeField(auto_now_add=True, verbose_name='báo lúc')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='chấm dứt từ ngày')),
                ('outcome', models.CharField(blank=True, choices=[('over', 'Đơn vị quyết định bảo vệ ghi: người ấy không còn nguy hiểm.'), ('declined', 'Đã trả lời bằng văn bản: không áp dụng biện pháp bảo vệ, có nêu lý do.'), ('refused', 'Người ấy từ chối bảo vệ, đã được nói rõ hệ quả.'), ('ended', 'Đã quyết định chấm dứt biện pháp bảo vệ.'), ('closed', 'Hồ sơ đã kết thúc.')], max_length=8, verbose_name='lý do kết thúc cảnh báo')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='nơi được báo')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
                ('instead_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='thay cho')),
                ('told_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi có nguy hiểm')),
            ],
            options={
                'verbose_name': 'cảnh báo nguy hiểm',
                'ordering': ['told_at', 'pk'],
                'indexes': [models.Index(fields=['agency', 'ended_on'], name='notices_to_an_agency')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None)), fields=('case', 'agency'), name='an_office_is_told_of_a_danger_once')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='biện pháp')),
                ('started_on', models.DateField(verbose_name='áp dụng từ ngày')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='chấm dứt từ ngày')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị quyết định')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='needs.need', verbose_name='nhu cầu an toàn')),
            ],
            options={
                'verbose_name': 'biện pháp bảo vệ',
                'ordering': ['started_on', 'pk'],
                'indexes': [models.Index(fields=['started_on'], name='measures_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('started_on')), _connector='OR'), name='a_measure_ends_after_it_starts', violation_error_message='Ngày chấm dứt trước ngày bắt đầu của một biện pháp đang áp dụng.')],
            },
        ),
    ]
