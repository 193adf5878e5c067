import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(null=True, verbose_name='năm')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='bản')),
                ('state', models.CharField(choices=[('draft', 'đang lập'), ('before_head', 'chờ thủ trưởng duyệt'), ('returned', 'trả lại để sửa'), ('approved', 'đã duyệt')], default='draft', max_length=11, verbose_name='tình trạng')),
                ('paper_no', models.CharField(blank=True, max_length=40, verbose_name='số văn bản')),
                ('paper_on', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'kế hoạch của đơn vị',
                'ordering': ['plan', 'agency', models.OrderBy(models.F('year'), nulls_first=True), '-version'],
            },
        ),
        migrations.CreateModel(
            name='AgencyPlanStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('drafted', 'Lập kế hoạch'), ('put_before_head', 'Trình thủ trưởng'), ('returned', 'Trả lại để sửa'), ('approved', 'Duyệt'), ('paper_recorded', 'Ghi số, ngày văn bản đã ký')], max_length=15, verbose_name='việc')),
                ('on', models.DateField(verbose_name='ngày')),
                ('words', models.TextField(blank=True, verbose_name='ý kiến')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('agency_plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='plan.agencyplan', verbose_name='kế hoạch của đơn vị')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
            ],
            options={
                'verbose_name': 'bước của kế hoạch đơn vị',
                'ordering': ['pk'],
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
                ('product', models.TextField(blank=True, verbose_name='sản phẩm')),
                ('recurs', models.CharField(choices=[('continuous', 'thường xuyên'), ('yearly', 'hằng năm'), ('once', 'một lần')], default='continuous', max_length=10, verbose_name='định kỳ')),
                ('pages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='trang thực hiện')),
                ('registers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None, verbose_name='số liệu tự ghi')),
                ('condition', models.TextField(blank=True, verbose_name='điều kiện')),
                ('condition_met_on', models.DateField(blank=True, null=True, verbose_name='ngày đủ điều kiện')),
                ('condition_document', models.TextField(blank=True, verbose_name='văn bản đủ điều kiện')),
                ('serves', models.ManyToManyField(related_name='served_by', to='plan.clause', verbose_name='phục vụ mục tiêu, chỉ tiêu')),
            ],
            options={
                'verbose_name': 'điểm',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.TextField(verbose_name='hoạt động')),
                ('first', models.DateField(verbose_name='từ ngày')),
                ('last', models.DateField(verbose_name='đến ngày')),
                ('people', models.TextField(verbose_name='người thực hiện')),
                ('partners', models.TextField(blank=True, verbose_name='đơn vị phối hợp')),
                ('money', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='kinh phí dự kiến (đồng)')),
                ('source', models.TextField(blank=True, verbose_name='nguồn kinh phí')),
                ('product', models.TextField(blank=True, verbose_name='sản phẩm')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.activity', verbose_name='hoạt động của bản đầu')),
                ('agency_plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='plan.agencyplan', verbose_name='kế hoạch của đơn vị')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='plan.clause', verbose_name='điểm')),
            ],
            options={
                'verbose_name': 'hoạt động',
                'ordering': ['clause__order', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ClauseAgency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.CharField(max_length=60, verbose_name='đơn vị')),
                ('part', models.CharField(choices=[('lead', 'chủ trì'), ('cooperating', 'phối hợp')], max_length=11, verbose_name='phần việc')),
                ('read_from', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='đọc từ điểm')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='plan.clause', verbose_name='điểm')),
            ],
            options={
                'verbose_name': 'đơn vị thực hiện',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, verbose_name='số, ký hiệu')),
                ('slug', models.CharField(editable=False, max_length=60, unique=True, verbose_name='khóa trong địa chỉ')),
                ('title', models.TextField(verbose_name='tên')),
                ('issuer', models.TextField(verbose_name='cơ quan ban hành')),
                ('province', models.CharField(max_length=2, verbose_name='mã tỉnh')),
                ('issued_on', models.DateField(verbose_name='ngày ban hành')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='thời gian thực hiện')),
                ('follow_up', models.CharField(max_length=60, verbose_name='đơn vị theo dõi')),
                ('requested', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None, verbose_name='đơn vị được đề nghị')),
                ('follows', models.CharField(blank=True, max_length=40, verbose_name='tiếp nối kế hoạch số')),
                ('silent_after', models.PositiveSmallIntegerField(default=183, verbose_name='số ngày không có tiến độ')),
                ('forms', models.JSONField(default=dict, verbose_name='mẫu báo cáo')),
                ('bases', models.JSONField(default=list, verbose_name='căn cứ')),
                ('recipients', models.JSONField(default=list, verbose_name='nơi nhận')),
                ('signer', models.JSONField(default=list, verbose_name='thể thức ký')),
            ],
            options={
                'verbose_name': 'kế hoạch',
                'ordering': ['-period', 'province', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('slug__regex', '^(?:tinh-[0-9]{2}-)?[A-Z0-9]+(?:-[A-Z0-9]+)*-[0-9]{4}$')), name='a_plan_can_be_named_in_addresses', violation_error_message='Số, ký hiệu của kế hoạch phải có chữ cái không dấu hoặc chữ số.')],
            },
        ),
        migrations.AddField(
            model_name='clause',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='plan.plan', verbose_name='kế hoạch'),
        ),
        migrations.CreateModel(
            name='CarriedDuty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(blank=True, verbose_name='lý do kết thúc')),
                ('on', models.DateField(verbose_name='ngày')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('from_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị trước')),
                ('to_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('from_clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried_on', to='plan.clause', verbose_name='điểm trước')),
                ('to_clause', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='carried_from', to='plan.clause', verbose_name='điểm')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='carried', to='plan.plan', verbose_name='kế hoạch tiếp nối')),
            ],
            options={
                'verbose_name': 'nhiệm vụ chuyển tiếp',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='agencyplan',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agency_plans', to='plan.plan', verbose_name='kế hoạch'),
        ),
        migrations.CreateModel(
            name='PlanDeadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, verbose_name='khóa')),
                ('day', models.PositiveSmallIntegerField(verbose_name='ngày')),
                ('month', models.PositiveSmallIntegerField(verbose_name='tháng')),
                ('before', models.BooleanField(help_text='chính ngày này đã là chậm', verbose_name='trước ngày này')),
                ('within_year', models.BooleanField(default=False, verbose_name='trong năm, kế hoạch không nêu ngày')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='từ năm')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='đến năm')),
                ('what', models.TextField(verbose_name='việc')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='plan.clause', verbose_name='điểm')),
            ],
            options={
                'verbose_name': 'thời hạn',
                'ordering': ['month', 'day', 'key'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PriorityArea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('unit_code', models.CharField(max_length=5, verbose_name='địa bàn')),
                ('why', models.CharField(choices=[('hotspot', 'tuyến, địa bàn trọng điểm'), ('border', 'khu vực giáp ranh'), ('remote', 'vùng sâu, vùng xa'), ('minority', 'vùng đồng bào dân tộc thiểu số')], max_length=10, verbose_name='lý do ưu tiên')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('until', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('paper_no', models.CharField(blank=True, max_length=40, verbose_name='văn bản')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='priority_areas', to='plan.plan', verbose_name='kế hoạch')),
            ],
            options={
                'verbose_name': 'địa bàn ưu tiên',
                'ordering': ['unit_code', 'why'],
            },
        ),
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='ngày')),
                ('state', models.CharField(choices=[('under_way', 'đang thực hiện'), ('done', 'đã hoàn thành')], max_length=10, verbose_name='tình trạng')),
                ('words', models.TextField(verbose_name='kết quả')),
                ('deadline', models.CharField(blank=True, max_length=50, verbose_name='thời hạn đã hoàn thành')),
                ('money', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='kinh phí đã chi (đồng)')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('activity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='plan.activity', verbose_name='hoạt động')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='đơn vị')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='progress', to='plan.clause', verbose_name='điểm')),
                ('files', models.ManyToManyField(related_name='+', to='documents.storedfile', verbose_name='minh chứng')),
                ('set_aside_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instead_of', to='plan.progress', verbose_name='dòng thay thế')),
            ],
            options={
                'verbose_name': 'tiến độ',
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, verbose_name='khóa')),
                ('day', models.PositiveSmallIntegerField(verbose_name='ngày')),
                ('month', models.PositiveSmallIntegerField(verbose_name='tháng')),
                ('before', models.BooleanField(help_text='chính ngày này đã là chậm', verbose_name='trước ngày này')),
                ('within_year', models.BooleanField(default=False, verbose_name='trong năm, kế hoạch không nêu ngày')),
                ('first_year', models.PositiveSmallIntegerField(verbose_name='từ năm')),
                ('last_year', models.PositiveSmallIntegerField(verbose_name='đến năm')),
                ('name', models.CharField(max_length=120, verbose_name='tên kỳ')),
                ('first', models.JSONField(null=True, verbose_name='ngày đầu')),
                ('last', models.JSONField(verbose_name='ngày cuối')),
                ('cut_offs', models.JSONField(default=dict, verbose_name='ngày chốt riêng')),
                ('givers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None, verbose_name='đơn vị báo cáo')),
                ('form', models.CharField(blank=True, max_length=40, verbose_name='mẫu')),
                ('consolidation', models.JSONField(default=dict, verbose_name='báo cáo tổng hợp')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='plan.clause', verbose_name='điểm')),
            ],
            options={
                'verbose_name': 'kỳ báo cáo',
                'ordering': ['month', 'day', 'key'],
                'abstract': False,
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
        migrations.AddField(
            model_name='clause',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clauses', to='plan.section', verbose_name='mục'),
        ),
        migrations.CreateModel(
            name='TypedFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.DateField(verbose_name='từ ngày')),
                ('last', models.DateField(verbose_name='đến ngày')),
                ('numerator', models.PositiveIntegerField(verbose_name='đã đạt')),
                ('denominator', models.PositiveIntegerField(verbose_name='trên tổng số')),
                ('words', models.TextField(verbose_name='cách đếm, nguồn số liệu')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='agencies.agency', verbose_name='đơn vị')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='typed_figures', to='plan.clause', verbose_name='chỉ tiêu')),
            ],
            options={
                'verbose_name': 'số liệu ghi tay',
                'ordering': ['-last', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='YearFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('first', models.DateField(verbose_name='từ ngày')),
                ('last', models.DateField(verbose_name='đến ngày')),
                ('numerator', models.PositiveIntegerField(verbose_name='đã đủ')),
                ('denominator', models.PositiveIntegerField(verbose_name='trên tổng số')),
                ('late', models.PositiveIntegerField(verbose_name='hoàn thành quá hạn')),
                ('counted_on', models.DateField(verbose_name='đếm ngày')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='years', to='plan.clause', verbose_name='chỉ tiêu')),
            ],
            options={
                'verbose_name': 'số liệu của một năm',
                'ordering': ['clause__order', 'year'],
            },
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('last__gte', models.F('first'))), name='an_activity_ends_after_it_begins', violation_error_message='Ngày cuối phải từ ngày đầu trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('money', None), models.Q(('source', ''), _negated=True), _connector='OR'), name='planned_money_has_a_source', violation_error_message='Hoạt động có kinh phí phải ghi nguồn kinh phí.'),
        ),
        migrations.AddConstraint(
            model_name='clauseagency',
            constraint=models.UniqueConstraint(fields=('clause', 'agency'), name='an_agency_has_one_part_in_a_clause', violation_error_message='Một đơn vị chỉ có một phần việc trong một điểm.'),
        ),
        migrations.AddConstraint(
            model_name='carriedduty',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('to_agency__isnull', False), ('to_clause__isnull', False)), models.Q(('to_agency', None), ('to_clause', None), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='an_open_duty_is_carried_over_or_ended', violation_error_message='Nhiệm vụ được chuyển sang một điểm và một đơn vị, hoặc kết thúc với lý do.'),
        ),
        migrations.AddConstraint(
            model_name='agencyplan',
            constraint=models.UniqueConstraint(fields=('plan', 'agency', 'year', 'version'), name='one_agency_plan_of_a_version', nulls_distinct=False, violation_error_message='Đơn vị đã có bản kế hoạch này; mở lại trang để xem.'),
        ),
        migrations.AddConstraint(
            model_name='agencyplan',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved'), _negated=True), fields=('plan', 'agency', 'year'), name='one_open_agency_plan_of_a_year', nulls_distinct=False, violation_error_message='Đơn vị đã có kế hoạch đang lập cho thời gian này; mở lại trang để xem.'),
        ),
        migrations.AddConstraint(
            model_name='agencyplan',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper_no', ''), ('paper_on', None)), models.Q(models.Q(('paper_no', ''), _negated=True), ('paper_on__isnull', False)), _connector='OR'), name='the_paper_of_an_agency_plan_has_number_and_day', violation_error_message='Văn bản phải có cả số và ngày.'),
        ),
        migrations.AddConstraint(
            model_name='plandeadline',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='plandeadline_ends_after_it_begins', violation_error_message='Năm cuối phải từ năm đầu trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='plandeadline',
            constraint=models.CheckConstraint(condition=models.Q(('within_year', False), models.Q(('before', False), ('day', 31), ('month', 12)), _connector='OR'), name='plandeadline_without_a_day_is_due_at_the_end_of_the_year', violation_error_message='Việc không nêu ngày được nhắc vào ngày cuối năm.'),
        ),
        migrations.AddConstraint(
            model_name='plandeadline',
            constraint=models.UniqueConstraint(fields=('clause', 'key'), name='one_deadline_of_a_key_in_a_clause'),
        ),
        migrations.AddConstraint(
            model_name='priorityarea',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('plan', 'unit_code', 'why'), name='an_area_has_priority_once_for_a_reason', violation_error_message='Địa bàn này đã được đánh dấu ưu tiên vì lý do ấy.'),
        ),
        migrations.AddIndex(
            model_name='progress',
            index=models.Index(models.F('clause'), models.F('agency'), models.OrderBy(models.F('on'), descending=True), name='progress_of_a_duty'),
        ),
        migrations.AddConstraint(
            model_name='reportrule',
            constraint=models.CheckConstraint(condition=models.Q(('last_year__gte', models.F('first_year'))), name='reportrule_ends_after_it_begins', violation_error_message='Năm cuối phải từ năm đầu trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='reportrule',
            constraint=models.CheckConstraint(condition=models.Q(('within_year', False), models.Q(('before', False), ('day', 31), ('month', 12)), _connector='OR'), name='reportrule_without_a_day_is_due_at_the_end_of_the_year', violation_error_message='Việc không nêu ngày được nhắc vào ngày cuối năm.'),
        ),
        migrations.AddConstraint(
            model_name='reportrule',
            constraint=models.UniqueConstraint(fields=('clause', 'key'), name='one_report_of_a_key_in_a_clause'),
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
        migrations.AddConstraint(
            model_name='typedfigure',
            constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last')), ('numerator__lte', models.F('denominator'))), name='a_typed_share_is_part_of_its_whole', violation_error_message='Số đã đạt không được lớn hơn tổng số; ngày cuối phải từ ngày đầu trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='yearfigure',
            constraint=models.UniqueConstraint(fields=('clause', 'year'), name='one_figure_of_an_indicator_in_a_year'),
        ),
    ]
