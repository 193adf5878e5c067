import benan.core.days
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('documents', '0001_initial'),
        ('plan', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(verbose_name='khóa trong địa chỉ')),
                ('kind', models.SlugField(max_length=40, verbose_name='loại kỳ')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('name', models.CharField(max_length=120, verbose_name='tên kỳ')),
                ('first', models.DateField(verbose_name='từ ngày')),
                ('last', models.DateField(verbose_name='đến ngày')),
                ('as_of', models.DateField(verbose_name='ngày chốt số liệu')),
                ('due_on', models.DateField(verbose_name='ngày nộp')),
                ('within_year', models.BooleanField(default=False, verbose_name='trong năm, kế hoạch không nêu ngày')),
                ('clause', models.CharField(blank=True, max_length=20, verbose_name='điểm yêu cầu')),
                ('ground', models.CharField(blank=True, max_length=120, verbose_name='văn bản yêu cầu')),
                ('form', models.JSONField(verbose_name='mẫu báo cáo')),
                ('givers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None, verbose_name='đơn vị báo cáo')),
                ('consolidation', models.JSONField(default=dict, verbose_name='báo cáo tổng hợp')),
                ('consolidated_on', models.DateField(blank=True, null=True, verbose_name='ngày nộp báo cáo tổng hợp')),
                ('cumulative', models.BooleanField(default=False, verbose_name='tính từ đầu kế hoạch')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='mở lúc')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người mở')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='report_periods', to='plan.plan', verbose_name='kế hoạch')),
            ],
            options={
                'verbose_name': 'kỳ báo cáo đã mở',
                'ordering': ['-due_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(default=1, verbose_name='lần')),
                ('consolidates', models.BooleanField(default=False, verbose_name='báo cáo tổng hợp')),
                ('first', models.DateField(verbose_name='từ ngày')),
                ('last', models.DateField(verbose_name='đến ngày')),
                ('state', models.CharField(choices=[('draft', 'đang soạn'), ('before_head', 'chờ thủ trưởng duyệt'), ('submitted', 'đã nộp, chờ nhận'), ('sent_back', 'bị trả lại'), ('accepted', 'đã nhận'), ('locked', 'đã khóa')], default='draft', max_length=12, verbose_name='tình trạng')),
                ('invited', models.BooleanField(default=False, verbose_name='được đề nghị')),
                ('submitted_on', models.DateField(null=True, verbose_name='ngày nộp')),
                ('frozen_at', models.DateTimeField(null=True, verbose_name='chốt số liệu lúc')),
                ('counted_on', models.DateField(default=benan.core.days.legal_day, verbose_name='đếm số liệu ngày')),
                ('measures', models.JSONField(default=dict, verbose_name='phiên bản cách đo')),
                ('gathered', models.JSONField(default=dict, verbose_name='đã tổng hợp từ')),
                ('paper_no', models.CharField(blank=True, max_length=40, verbose_name='số văn bản')),
                ('paper_on', models.DateField(null=True, verbose_name='ngày văn bản')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('arrival', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper', verbose_name='trong sổ văn bản đến')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper', verbose_name='trong sổ văn bản đi')),
                ('period', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='reports.period', verbose_name='kỳ báo cáo')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='reports.return', verbose_name='thay báo cáo')),
                ('scan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile', verbose_name='bản chụp')),
            ],
            options={
                'verbose_name': 'báo cáo của đơn vị',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=40, verbose_name='phần')),
                ('words', models.TextField(blank=True, verbose_name='nội dung')),
                ('proposed', models.TextField(blank=True, verbose_name='câu gợi ý')),
                ('ret', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='narratives', to='reports.return', verbose_name='báo cáo')),
            ],
            options={
                'verbose_name': 'lời văn của báo cáo',
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('line', models.CharField(max_length=40, verbose_name='dòng')),
                ('part', models.CharField(blank=True, max_length=80, verbose_name='phần')),
                ('words', models.CharField(blank=True, max_length=160, verbose_name='tên phần')),
                ('counted', models.PositiveBigIntegerField(null=True, verbose_name='chương trình đếm')),
                ('value', models.PositiveBigIntegerField(null=True, verbose_name='báo cáo')),
                ('reason', models.TextField(blank=True, verbose_name='giải trình')),
                ('previous', models.PositiveBigIntegerField(null=True, verbose_name='kỳ trước')),
                ('year_before', models.PositiveBigIntegerField(null=True, verbose_name='cùng kỳ năm trước')),
                ('ret', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='reports.return', verbose_name='báo cáo')),
            ],
            options={
                'verbose_name': 'số liệu của báo cáo',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='ReturnStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('put_before_head', 'đã trình thủ trưởng'), ('given_back', 'đã chuyển lại người soạn'), ('submitted', 'đã duyệt và nộp'), ('accepted', 'đã nhận'), ('sent_back', 'đã trả lại'), ('invited', 'đã mời bổ sung'), ('locked', 'đã khóa cùng báo cáo tổng hợp'), ('replacing', 'đã lập báo cáo thay thế'), ('replaced', 'đã được báo cáo sau thay thế'), ('paper', 'đã ghi số văn bản'), ('consolidated', 'đã tổng hợp')], max_length=16, verbose_name='việc')),
                ('on', models.DateField(verbose_name='ngày')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('words', models.TextField(blank=True, verbose_name='ý kiến')),
                ('content', models.JSONField(default=dict, verbose_name='nội dung đã nộp')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người làm')),
                ('ret', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='reports.return', verbose_name='báo cáo')),
            ],
            options={
                'verbose_name': 'bước của báo cáo',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TypedCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=20, verbose_name='biểu')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('row', models.CharField(max_length=20, verbose_name='dòng')),
                ('column', models.CharField(max_length=30, verbose_name='cột')),
                ('value', models.DecimalField(decimal_places=3, max_digits=16, null=True, verbose_name='số')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
            ],
            options={
                'verbose_name': 'ô ghi tay của biểu thống kê',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OfficeTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.SlugField(max_length=40, verbose_name='mẫu báo cáo')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('file', models.BinaryField(null=True, verbose_name='tệp')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tải lên')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plan.plan', verbose_name='kế hoạch')),
            ],
            options={
                'verbose_name': 'mẫu báo cáo của đơn vị',
                'ordering': ['-since', '-pk'],
                'indexes': [models.Index(fields=['plan', 'form', 'agency'], name='templates_of_an_office')],
            },
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.UniqueConstraint(fields=('plan', 'key'), name='a_period_is_opened_once', violation_error_message='Kỳ báo cáo này đã mở.'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='a_period_ends_after_it_begins', violation_error_message='Ngày cuối của kỳ phải từ ngày đầu trở đi.'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('cumulative', False), models.Q(('kind', 'dot-xuat'), _negated=True)), expressions=[('plan', '='), ('kind', '='), (models.Func(models.F('first'), models.F('last'), models.Value('[]'), function='daterange'), '&&')], name='periods_of_a_kind_do_not_overlap', violation_error_message='Kỳ này chồng lên một kỳ cùng loại đã mở. Xem lại ngày đầu và ngày cuối.'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.UniqueConstraint(fields=('period', 'agency', 'consolidates', 'number'), name='one_return_of_a_number_in_a_period', violation_error_message='Báo cáo thay thế này đã được lập.'),
        ),
        migrations.AddConstraint(
            model_name='return',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('frozen_at', None), ('state__in', ['draft', 'before_head', 'sent_back'])), models.Q(('frozen_at__isnull', False), ('state__in', ['submitted', 'accepted', 'locked']), ('submitted_on__isnull', False)), _connector='OR'), name='what_is_submitted_is_frozen', violation_error_message='Báo cáo đã nộp thì số liệu phải được chốt.'),
        ),
        migrations.AddConstraint(
            model_name='narrative',
            constraint=models.UniqueConstraint(fields=('ret', 'section'), name='one_text_of_a_section_in_a_return'),
        ),
        migrations.AddConstraint(
            model_name='cell',
            constraint=models.UniqueConstraint(fields=('ret', 'line', 'part'), name='one_cell_of_a_part_in_a_return'),
        ),
        migrations.AddConstraint(
            model_name='cell',
            constraint=models.CheckConstraint(condition=models.Q(('counted', None), ('value', models.F('counted')), models.Q(('reason', ''), _negated=True), _connector='OR'), name='a_corrected_figure_has_a_reason', violation_error_message='Số khác với số chương trình đếm thì phải giải trình.'),
        ),
        migrations.AddIndex(
            model_name='typedcell',
            index=models.Index(fields=['table', 'year'], name='typed_cells_of_a_table'),
        ),
        migrations.AddConstraint(
            model_name='typedcell',
            constraint=models.CheckConstraint(condition=models.Q(('value', None), ('value__gte', 0), _connector='OR'), name='a_typed_cell_is_not_negative', violation_error_message='Số không được âm.'),
        ),
    ]
