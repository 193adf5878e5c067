import django.contrib.postgres.constraints
import django.contrib.postgres.fields
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
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='số, ký hiệu')),
                ('title', models.TextField(verbose_name='tên')),
                ('issuer', models.TextField(verbose_name='cơ quan ban hành')),
                ('province', models.CharField(max_length=2, verbose_name='mã tỉnh')),
                ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='thời gian thực hiện')),
                ('follow_up', models.CharField(choices=[('ppc', 'UBND tỉnh'), ('bcd138', 'Ban Chỉ đạo 138'), ('labour_department', 'Sở Lao động - Thương binh và Xã hội'), ('police_province', 'Công an tỉnh'), ('information_department', 'Sở Thông tin và Truyền thông'), ('womens_union', 'Hội Liên hiệp Phụ nữ tỉnh'), ('procuracy', 'Viện Kiểm sát nhân dân tỉnh'), ('propaganda', 'Ban Tuyên giáo Tỉnh ủy'), ('farmers_union', 'Hội Nông dân tỉnh'), ('fatherland_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh'), ('social_bank', 'Ngân hàng Chính sách xã hội tỉnh'), ('shelter_bien_hoa', 'Trung tâm Bảo trợ - Huấn nghệ cô nhi Biên Hòa'), ('child_protection', 'Cơ sở cung cấp dịch vụ bảo vệ trẻ em'), ('districts', 'UBND các huyện, thị xã, thành phố'), ('communes', 'UBND các xã, phường, thị trấn'), ('labour_offices', 'Phòng Lao động - Thương binh và Xã hội cấp huyện'), ('police_districts', 'Công an cấp huyện'), ('police_communes', 'Công an cấp xã'), ('all', 'Mọi đơn vị có nhiệm vụ trong kế hoạch')], max_length=30, verbose_name='đơn vị theo dõi')),
                ('bases', models.JSONField(default=list, verbose_name='căn cứ')),
                ('recipients', models.JSONField(default=list, verbose_name='nơi nhận')),
                ('signer', models.JSONField(default=list, verbose_name='thể thức ký')),
            ],
            options={
                'verbose_name': 'kế hoạch',
                'ordering': ['-period', 'province'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('province', '='), ('period', '&&')], name='one_plan_of_a_province_at_a_time', violation_error_message='Tỉnh này đã có kế hoạch khác trong thời gian đó; xem lại mã tỉnh và thời gian thực hiện.')],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='số mục')),
                ('order', models.CharField(editable=False, max_length=20, verbose_name='thứ tự')),
                ('heading', models.TextField(verbose_name='tên mục')),
                ('wording', models.TextField(blank=True, verbose_name='nguyên văn')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='plan.plan', verbose_name='kế hoạch')),
            ],
            options={
                'verbose_name': 'mục',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='số')),
                ('order', models.CharField(editable=False, max_length=20, verbose_name='thứ tự')),
                ('wording', models.TextField(verbose_name='nguyên văn')),
                ('meaning', models.TextField(verbose_name='ý nghĩa')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('objective', 'mục tiêu'), ('indicator', 'chỉ tiêu'), ('task', 'nhiệm vụ'), ('duty', 'trách nhiệm'), ('deadline', 'thời hạn'), ('budget', 'kinh phí'), ('report', 'báo cáo'), ('beneficiaries', 'đối tượng thụ hưởng'), ('scope', 'phạm vi'), ('period', 'thời gian'), ('requirement', 'mục đích, yêu cầu'), ('solution', 'giải pháp')], max_length=20), size=None, verbose_name='loại')),
                ('measure', models.SlugField(blank=True, max_length=40, verbose_name='chỉ tiêu')),
                ('target', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='mức phải đạt (%)')),
                ('condition', models.TextField(blank=True, verbose_name='điều kiện')),
                ('condition_met_on', models.DateField(blank=True, null=True, verbose_name='ngày đủ điều kiện')),
                ('condition_document', models.TextField(blank=True, verbose_name='văn bản đủ điều kiện')),
                ('serves', models.ManyToManyField(related_name='served_by', to='plan.clause', verbose_name='phục vụ mục tiêu, chỉ tiêu')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='plan.plan', verbose_name='kế hoạch')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='plan.section', verbose_name='mục')),
            ],
            options={
                'verbose_name': 'điểm',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='ClauseAgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.CharField(choices=[('ppc', 'UBND tỉnh'), ('bcd138', 'Ban Chỉ đạo 138'), ('labour_department', 'Sở Lao động - Thương binh và Xã hội'), ('police_province', 'Công an tỉnh'), ('information_department', 'Sở Thông tin và Truyền thông'), ('womens_union', 'Hội Liên hiệp Phụ nữ tỉnh'), ('procuracy', 'Viện Kiểm sát nhân dân tỉnh'), ('propaganda', 'Ban Tuyên giáo Tỉnh ủy'), ('farmers_union', 'Hội Nông dân tỉnh'), ('fatherland_front', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh'), ('social_bank', 'Ngân hàng Chính sách xã hội tỉnh'), ('shelter_bien_hoa', 'Trung tâm Bảo trợ - Huấn nghệ cô nhi Biên Hòa'), ('child_protection', 'Cơ sở cung cấp dịch vụ bảo vệ trẻ em'), ('districts', 'UBND các huyện, thị xã, thành phố'), ('communes', 'UBND các xã, phường, thị trấn'), ('labour_offices', 'Phòng Lao động - Thương binh và Xã hội cấp huyện'), ('police_districts', 'Công an cấp huyện'), ('police_communes', 'Công an cấp xã'), ('all', 'Mọi đơn vị có nhiệm vụ trong kế hoạch')], max_length=30, verbose_name='đơn vị')),
                ('part', models.CharField(choices=[('lead', 'chủ trì'), ('cooperating', 'phối hợp')], max_length=11, verbose_name='phần việc')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='plan.clause', verbose_name='điểm')),
            ],
            options={
                'verbose_name': 'đơn vị thực hiện',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('clause', 'agency'), name='an_agency_has_one_part_in_a_clause', violation_error_message='Một đơn vị chỉ có một phần việc trong một điểm.')],
            },
        ),
        migrations.CreateModel(
            name='PlanDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='khóa')),
                ('what', models.TextField(verbose_name='việc')),
                ('day', models.PositiveSmallIntegerField(verbose_name='ngày')),
                ('month', models.PositiveSmallIntegerField(verbose_name='tháng')),
                ('before', models.BooleanField(help_text='chính ngày này đã là chậm', verbose_name='trước ngày này')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='từ năm')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='đến năm')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='plan.clause', verbose_name='điểm')),
            ],
            options={
                'verbose_name': 'thời hạn',
                'ordering': ['month', 'day', 'key'],
                'constraints': [models.UniqueConstraint(fields=('clause', 'key'), name='one_deadline_of_a_key_in_a_clause'), models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='a_deadline_ends_after_it_begins', violation_error_message='Năm cuối phải từ năm đầu trở đi.')],
            },
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='one_heading_of_a_number_in_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='one_clause_of_a_number_in_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.UniqueConstraint(condition=models.Q(('measure', ''), _negated=True), fields=('plan', 'measure'), name='one_clause_of_a_measure_in_a_plan'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure', ''), ('target', None)), models.Q(models.Q(('measure', ''), _negated=True), ('target__range', (1, 100))), _connector='OR'), name='an_indicator_has_a_target', violation_error_message='Chỉ tiêu phải có mức phải đạt từ 1 đến 100 phần trăm.'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('condition_document', ''), ('condition_met_on', None)), models.Q(models.Q(('condition', ''), _negated=True), ('condition_met_on__isnull', False), models.Q(('condition_document', ''), _negated=True)), _connector='OR'), name='a_condition_is_met_by_a_document_of_a_day', violation_error_message='Điều kiện được coi là đủ khi có cả ngày và văn bản.'),
        ),
    ]
