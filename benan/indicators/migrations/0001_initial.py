import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rebuild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('versions', models.CharField(max_length=400, verbose_name='phiên bản các số đo')),
                ('after', models.BigIntegerField(default=0, verbose_name='đã tính đến')),
                ('deadlines', models.BooleanField(default=False, verbose_name='tính lại cả hạn')),
                ('begun_at', models.DateTimeField(auto_now_add=True, verbose_name='bắt đầu lúc')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='xong lúc')),
            ],
            options={
                'verbose_name': 'lần tính lại số liệu',
            },
        ),
        migrations.CreateModel(
            name='KeptQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='từ ngày')),
                ('last', models.DateField(verbose_name='đến ngày')),
                ('as_of', models.DateField(verbose_name='xét đến hết ngày')),
                ('counted_on', models.DateField(verbose_name='đếm ngày')),
                ('rows', models.PositiveIntegerField(verbose_name='số dòng khi đếm')),
            ],
            options={
                'verbose_name': 'câu hỏi có số liệu ghi sẵn',
                'constraints': [models.UniqueConstraint(fields=('first', 'last', 'as_of'), name='one_kept_question')],
            },
        ),
        migrations.CreateModel(
            name='KeptCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=40, verbose_name='số đo')),
                ('area', models.CharField(blank=True, max_length=5, verbose_name='xã, phường nơi tiếp nhận')),
                ('kind', models.CharField(max_length=10, verbose_name='loại')),
                ('outside', models.CharField(blank=True, max_length=30, verbose_name='vì sao không tính')),
                ('standing', models.PositiveSmallIntegerField(verbose_name='đến đâu')),
                ('apart', models.CharField(blank=True, max_length=30, verbose_name='kể riêng')),
                ('cases', models.IntegerField(verbose_name='số hồ sơ')),
                ('number', models.IntegerField(verbose_name='số lượng')),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='indicators.keptquestion', verbose_name='câu hỏi')),
            ],
            options={
                'verbose_name': 'số liệu ghi sẵn',
            },
        ),
        migrations.CreateModel(
            name='KeptReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(blank=True, max_length=40, verbose_name='số đo')),
                ('duty', models.CharField(blank=True, max_length=30, verbose_name='việc còn thiếu')),
                ('limit', models.CharField(blank=True, max_length=40, verbose_name='thời hạn')),
                ('cases', models.IntegerField(verbose_name='số hồ sơ')),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='indicators.keptquestion', verbose_name='câu hỏi')),
            ],
            options={
                'verbose_name': 'lý do ghi sẵn',
            },
        ),
        migrations.CreateModel(
            name='CaseStanding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=40, verbose_name='số đo')),
                ('belongs_on', models.DateField(verbose_name='tính vào ngày')),
                ('since', models.DateField(verbose_name='xét từ ngày')),
                ('until', models.DateField(verbose_name='xét đến trước ngày')),
                ('standing', models.PositiveSmallIntegerField(verbose_name='đến đâu')),
                ('apart', models.CharField(blank=True, max_length=30, verbose_name='kể riêng')),
                ('alone', models.BooleanField(verbose_name='hồ sơ chỉ tính vào một ngày')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='số lượng')),
                ('outside', models.CharField(blank=True, max_length=30, verbose_name='vì sao không tính')),
                ('kind', models.CharField(max_length=10, verbose_name='loại')),
                ('area', models.CharField(max_length=5, verbose_name='xã, phường nơi tiếp nhận')),
                ('came_on', models.DateField(verbose_name='đến ngày')),
                ('due_on', models.DateField(null=True, verbose_name='hạn đã hết')),
                ('missing', models.JSONField(default=list, verbose_name='còn thiếu')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'tình trạng trong chỉ tiêu',
                'indexes': [models.Index(fields=['measure', 'until', 'belongs_on', 'since'], include=('case', 'standing', 'apart', 'number', 'alone', 'outside', 'kind', 'area', 'agency'), name='standings_of_a_day'), models.Index(condition=models.Q(('apart', ''), ('outside', ''), ('standing', 3)), fields=['measure', 'until', 'belongs_on'], include=('since', 'case', 'came_on', 'due_on'), name='standings_short')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('since'))), name='a_standing_lasts_a_day'), models.UniqueConstraint(fields=('case', 'measure', 'apart', 'belongs_on', 'since'), name='one_standing_of_a_case_at_a_time')],
            },
        ),
    ]
