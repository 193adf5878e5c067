import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name='mã')),
                ('name', models.CharField(max_length=80, verbose_name='tên')),
                ('sort_key', models.TextField(db_collation='C', editable=False)),
                ('frequent', models.BooleanField(verbose_name='hay gặp')),
            ],
            options={
                'verbose_name': 'nước, vùng lãnh thổ',
                'ordering': ['sort_key'],
            },
        ),
        migrations.CreateModel(
            name='EthnicGroup',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False, verbose_name='mã')),
                ('name', models.CharField(max_length=80, verbose_name='tên')),
                ('sort_key', models.TextField(db_collation='C', editable=False)),
            ],
            options={
                'verbose_name': 'dân tộc',
                'ordering': ['sort_key'],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('old_code', models.CharField(max_length=5, verbose_name='mã cũ')),
                ('new_code', models.CharField(max_length=5, verbose_name='mã mới')),
                ('effective_on', models.DateField(verbose_name='có hiệu lực từ ngày')),
                ('share', models.CharField(choices=[('whole', 'toàn bộ'), ('part', 'một phần')], max_length=5, verbose_name='phần chuyển sang')),
                ('decree', models.CharField(max_length=40, verbose_name='văn bản')),
                ('certainty', models.CharField(choices=[('sourced', 'có nguồn'), ('package', 'chỉ có trong một bộ dữ liệu'), ('memory', 'cần xác nhận')], max_length=8, verbose_name='mức chắc chắn')),
            ],
            options={
                'verbose_name': 'đơn vị kế thừa',
                'ordering': ['effective_on', 'old_code', 'new_code'],
                'constraints': [models.UniqueConstraint(fields=('old_code', 'new_code', 'effective_on'), name='a_unit_passes_to_another_once_on_a_day', violation_error_message='Trong một ngày, một đơn vị chỉ chuyển sang một đơn vị khác một lần.')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5, verbose_name='mã')),
                ('level', models.CharField(choices=[('province', 'cấp tỉnh'), ('district', 'cấp huyện'), ('commune', 'cấp xã')], max_length=8, verbose_name='cấp')),
                ('type', models.CharField(max_length=12, verbose_name='loại')),
                ('name', models.CharField(max_length=60, verbose_name='tên')),
                ('parent_code', models.CharField(blank=True, max_length=3, verbose_name='mã đơn vị cấp trên')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='từ, đến')),
                ('coverage_start', models.BooleanField(verbose_name='có từ trước 01/01/2016')),
                ('decree_in', models.CharField(blank=True, max_length=40, verbose_name='văn bản lập')),
                ('decree_out', models.CharField(blank=True, max_length=40, verbose_name='văn bản kết thúc')),
                ('lat', models.FloatField(blank=True, null=True, verbose_name='vĩ độ')),
                ('lon', models.FloatField(blank=True, null=True, verbose_name='kinh độ')),
                ('certainty', models.CharField(choices=[('sourced', 'có nguồn'), ('package', 'chỉ có trong một bộ dữ liệu'), ('memory', 'cần xác nhận')], max_length=8, verbose_name='mức chắc chắn')),
                ('sort_key', models.TextField(db_collation='C', editable=False)),
            ],
            options={
                'verbose_name': 'đơn vị hành chính',
                'ordering': ['code', 'in_force'],
                'indexes': [models.Index(fields=['parent_code'], name='unit_by_parent')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('code', '='), ('in_force', '&&')], name='one_form_of_a_unit_at_a_time', violation_error_message='Trong cùng thời gian, một mã chỉ là một đơn vị hành chính.'), models.CheckConstraint(condition=models.Q(('level', 'province'), models.Q(('parent_code', ''), _negated=True), _connector='XOR'), name='only_a_province_has_no_parent', violation_error_message='Chỉ cấp tỉnh không có đơn vị cấp trên.')],
            },
        ),
    ]
