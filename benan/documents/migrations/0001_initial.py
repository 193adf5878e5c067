import benan.core.days
import benan.documents.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=benan.documents.models.new_key, max_length=22, unique=True)),
                ('kind', models.CharField(choices=[('jpeg', 'ảnh JPEG'), ('png', 'ảnh PNG'), ('pdf', 'tệp PDF'), ('docx', 'tệp DOCX'), ('xlsx', 'tệp XLSX')], max_length=4, verbose_name='loại')),
                ('about', models.CharField(blank=True, max_length=120, verbose_name='nội dung tệp')),
                ('size', models.PositiveIntegerField(verbose_name='kích thước')),
                ('sent_sum', models.CharField(max_length=64)),
                ('copy_sum', models.CharField(max_length=64)),
                ('stored_on', models.DateField(default=benan.core.days.legal_day, verbose_name='ngày lưu')),
                ('stored_at', models.DateTimeField(auto_now_add=True, verbose_name='lưu lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('stored_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người lưu')),
            ],
            options={
                'verbose_name': 'tệp đã lưu',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FileContent',
            fields=[
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='content', serialize=False, to='documents.storedfile')),
                ('wrapped_key', models.BinaryField()),
                ('sealed', models.BinaryField(verbose_name='nội dung mã hóa')),
            ],
            options={
                'verbose_name': 'nội dung tệp đã lưu',
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', 'Văn bản đi'), ('in', 'Văn bản đến')], max_length=3, verbose_name='sổ')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('on', models.DateField(verbose_name='ngày')),
                ('marking', models.CharField(blank=True, choices=[('', 'Không mật'), ('secret', 'Mật'), ('top', 'Tối mật'), ('absolute', 'Tuyệt mật')], max_length=8, verbose_name='độ mật')),
                ('holder', models.CharField(blank=True, max_length=80, verbose_name='người giữ')),
                ('kind', models.CharField(blank=True, max_length=20, verbose_name='loại văn bản')),
                ('notation', models.CharField(blank=True, max_length=40, verbose_name='số, ký hiệu')),
                ('other_party', models.CharField(blank=True, max_length=120, verbose_name='nơi gửi, nơi nhận khác')),
                ('about', models.CharField(blank=True, max_length=300, verbose_name='trích yếu')),
                ('subject', models.CharField(blank=True, max_length=40, verbose_name='thuộc về')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('cancelled_on', models.DateField(null=True, verbose_name='ngày gạch')),
                ('cancelled_for', models.CharField(blank=True, max_length=200, verbose_name='lý do gạch')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('cancelled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người gạch')),
                ('other_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='nơi gửi, nơi nhận')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ghi')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.paper', verbose_name='thay thế văn bản')),
                ('scan', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='documents.storedfile', verbose_name='bản chụp')),
            ],
            options={
                'verbose_name': 'văn bản trong sổ',
                'ordering': ['-year', '-number', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.UniqueConstraint(fields=('agency', 'sent_sum'), name='an_agency_stores_the_same_file_once'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='a_stored_file_is_not_empty'),
        ),
        migrations.AddIndex(
            model_name='paper',
            index=models.Index(condition=models.Q(('subject', ''), _negated=True), fields=['subject'], name='papers_by_subject'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_on', None), ('marking', '')), fields=('agency', 'direction', 'year', 'number'), name='a_number_is_given_once_in_a_series', violation_error_message='Số này đã có trong sổ của năm ấy. Mở sổ để xem rồi ghi số khác.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.UniqueConstraint(condition=models.Q(models.Q(('marking', ''), _negated=True), ('cancelled_on', None)), fields=('agency', 'direction', 'year', 'number'), name='a_number_is_given_once_in_a_secret_series', violation_error_message='Số này đã có trong sổ văn bản mật của năm ấy. Mở sổ để xem rồi ghi số khác.'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='numbers_of_papers_begin_at_one'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('on__year', models.F('year'))), name='a_paper_stands_in_the_year_of_its_day'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('holder', ''), ('marking', '')), models.Q(models.Q(('marking', ''), _negated=True), models.Q(('holder', ''), _negated=True), ('about', ''), ('kind', ''), ('notation', ''), ('other_agency', None), ('other_party', ''), ('scan', None), ('subject', '')), _connector='OR'), name='of_a_secret_paper_only_who_holds_it_is_told'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cancelled_by', None), ('cancelled_for', ''), ('cancelled_on', None)), models.Q(models.Q(('cancelled_on', None), _negated=True), models.Q(('cancelled_by', None), _negated=True), models.Q(('cancelled_for', ''), _negated=True)), _connector='OR'), name='a_line_is_cancelled_by_somebody_for_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', None), ('direction', 'out'), _connector='OR'), name='only_an_outgoing_paper_replaces_another'),
        ),
    ]
