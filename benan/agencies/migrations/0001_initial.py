import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True, verbose_name='khóa')),
                ('kind', models.CharField(choices=[('ppc', 'UBND tỉnh'), ('bcd138', 'Ban Chỉ đạo 138'), ('labour_department', 'Sở LĐ-TB&XH'), ('labour_office', 'Phòng LĐ-TB&XH'), ('district', 'UBND cấp huyện'), ('commune', 'UBND cấp xã'), ('police_province', 'Công an tỉnh'), ('police_district', 'Công an cấp huyện'), ('police_commune', 'Công an cấp xã'), ('shelter', 'Cơ sở lưu trú'), ('womens_union', 'Hội Liên hiệp Phụ nữ'), ('procuracy', 'Viện Kiểm sát nhân dân'), ('health_department', 'Sở Y tế'), ('department', 'Sở, ban, ngành'), ('information_department', 'Sở Thông tin và Truyền thông'), ('child_protection', 'Dịch vụ bảo vệ trẻ em'), ('social_bank', 'Ngân hàng Chính sách xã hội'), ('partner', 'Cơ quan, đoàn thể phối hợp'), ('outside', 'Đơn vị ngoài tỉnh'), ('operator', 'Bộ phận quản trị')], max_length=30, verbose_name='loại')),
                ('unit_code', models.CharField(blank=True, max_length=5, verbose_name='mã đơn vị hành chính')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='hoạt động')),
                ('successors', models.ManyToManyField(related_name='predecessors', to='agencies.agency', verbose_name='kế tiếp')),
                ('superior', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='cấp trên')),
            ],
            options={
                'verbose_name': 'cơ quan, đơn vị',
                'ordering': ['key'],
            },
        ),
        migrations.CreateModel(
            name='AgencyName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=160, verbose_name='tên')),
                ('sort_key', models.CharField(max_length=2000)),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='từ, đến')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='agencies.agency', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'tên đơn vị',
            },
        ),
        migrations.CreateModel(
            name='OnCallContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('desk', models.CharField(choices=[('labour_office', 'Phòng LĐ-TB&XH'), ('police', 'Công an'), ('child_protection', 'Bảo vệ trẻ em'), ('shelter', 'Cơ sở lưu trú'), ('hotline', 'Đường dây nóng')], max_length=20, verbose_name='nơi trực')),
                ('area_code', models.CharField(blank=True, help_text='mã tỉnh, huyện hoặc xã', max_length=5, verbose_name='địa bàn')),
                ('label', models.CharField(max_length=120, verbose_name='tên nơi trực')),
                ('phone', models.CharField(max_length=30, verbose_name='số điện thoại')),
                ('from_hour', models.TimeField(verbose_name='từ giờ')),
                ('to_hour', models.TimeField(verbose_name='đến giờ')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='từ, đến')),
                ('certainty', models.CharField(choices=[('sourced', 'có nguồn'), ('package', 'chỉ có trong một bộ dữ liệu'), ('memory', 'cần xác nhận')], default='sourced', max_length=8, verbose_name='mức chắc chắn')),
            ],
            options={
                'verbose_name': 'số trực',
                'ordering': ['desk', 'area_code', 'from_hour'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('desk', '='), ('area_code', '='), ('phone', '='), ('from_hour', '='), ('in_force', '&&')], name='a_number_is_listed_once_for_its_hours', violation_error_message='Số này đã có ở địa bàn này, cùng giờ, trong cùng thời gian.')],
            },
        ),
        migrations.AddIndex(
            model_name='agency',
            index=models.Index(fields=['kind', 'unit_code'], name='agency_by_kind_and_unit'),
        ),
        migrations.AddConstraint(
            model_name='agencyname',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('agency', '='), ('in_force', '&&')], name='one_name_of_an_agency_at_a_time', violation_error_message='Trong cùng thời gian, một đơn vị chỉ có một tên.'),
        ),
    ]
