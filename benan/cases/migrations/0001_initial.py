import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('agencies', '0001_initial'),
        ('vault', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=8, unique=True, verbose_name='mã')),
                ('alias', models.CharField(max_length=40, verbose_name='bí danh')),
                ('kind', models.CharField(choices=[('claimant', 'Người khai là nạn nhân'), ('minor', 'Người chưa thành niên đi cùng'), ('relative', 'Người thân thích')], max_length=10, verbose_name='loại')),
                ('area_code', models.CharField(max_length=5, verbose_name='xã, phường nơi tiếp nhận')),
                ('sex', models.CharField(blank=True, choices=[('female', 'Nữ'), ('male', 'Nam'), ('other', 'Khác'), ('', 'Chưa rõ')], max_length=8, verbose_name='giới tính')),
                ('age_class', models.CharField(blank=True, choices=[('under_16', 'dưới 16 tuổi hoặc có thể dưới 16 tuổi'), ('under_18', '16, 17 tuổi hoặc có thể chưa đủ 18 tuổi'), ('adult', 'đủ 18 tuổi'), ('', 'chưa rõ tuổi')], max_length=8, verbose_name='tuổi vào ngày đến')),
                ('nationality', models.CharField(blank=True, choices=[('citizen', 'Công dân Việt Nam'), ('stateless_resident', 'Không quốc tịch, thường trú ở Việt Nam'), ('stateless', 'Không quốc tịch, không thường trú'), ('foreigner', 'Người nước ngoài'), ('', 'Chưa rõ')], max_length=20, verbose_name='quốc tịch')),
                ('resides_here', models.BooleanField(blank=True, null=True, verbose_name='cư trú trong tỉnh')),
                ('ethnic_code', models.CharField(blank=True, max_length=2, verbose_name='dân tộc')),
                ('poor_household', models.BooleanField(blank=True, null=True, verbose_name='thuộc hộ nghèo')),
                ('financial_difficulty', models.BooleanField(blank=True, null=True, verbose_name='hộ cận nghèo hoặc trợ cấp hằng tháng')),
                ('cannot_pay_travel', models.BooleanField(blank=True, null=True, verbose_name='không có khả năng chi trả tiền tàu xe')),
                ('residence_code', models.CharField(blank=True, max_length=5, verbose_name='huyện, xã nơi cư trú')),
                ('residence_on', models.DateField(blank=True, null=True, verbose_name='ngày rõ nơi cư trú')),
                ('opened_on', models.DateField(verbose_name='ngày lập')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc')),
                ('closing', models.CharField(blank=True, choices=[('reintegrated', 'Ổn định cuộc sống, hòa nhập'), ('not_victim', 'Không phải nạn nhân, đã báo kết quả và giới thiệu tiếp'), ('transferred', 'Chuyển cho cơ quan ngoài tỉnh tiếp tục hỗ trợ'), ('immigration', 'Chuyển theo thủ tục đối với người nước ngoài'), ('declined', 'Người ấy không muốn tiếp tục'), ('accompanied', 'Hồ sơ của người đi cùng đã kết thúc'), ('left', 'Rời đi, không liên lạc được'), ('died', 'Đã mất'), ('error', 'Lập nhầm'), ('joined', 'Ghép vào hồ sơ khác của cùng một người')], max_length=12, verbose_name='lý do kết thúc')),
                ('recognised_on', models.DateField(blank=True, null=True, verbose_name='ngày được xác định là nạn nhân')),
                ('status', models.CharField(blank=True, choices=[('pending', 'Chờ xác minh'), ('victim', 'Nạn nhân'), ('not_victim', 'Không phải nạn nhân')], max_length=10, verbose_name='tình trạng')),
                ('danger_since', models.DateField(blank=True, editable=False, null=True, verbose_name='có nguy hiểm từ ngày')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị chịu trách nhiệm')),
                ('joined_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='ghép vào')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.person', verbose_name='người')),
                ('team', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team', verbose_name='tổ phụ trách')),
            ],
            options={
                'verbose_name': 'hồ sơ',
            },
        ),
        migrations.CreateModel(
            name='Guardianship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('harm', models.CharField(choices=[('yes', 'Có'), ('no', 'Không'), ('unknown', 'Chưa rõ')], max_length=7, verbose_name='gia đình là người gây hại')),
                ('representative', models.CharField(blank=True, choices=[('parent', 'Cha hoặc mẹ'), ('guardian', 'Người giám hộ'), ('relative', 'Người thân thích khác'), ('facility', 'Người giám hộ do cơ sở cử'), ('appointed', 'Người, tổ chức khác được cử'), ('none', 'Chưa có người đại diện')], max_length=9, verbose_name='người đại diện')),
                ('on', models.DateField(verbose_name='ngày')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai ghi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardianships', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'người đại diện của người chưa đủ 18 tuổi',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Reception',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('self', 'Tự đến trình báo'), ('representative', 'Người đại diện hợp pháp đến trình báo'), ('brought', 'Cơ quan, tổ chức khác nhận khai báo rồi đưa đến'), ('returned', 'Tự từ nước ngoài trở về'), ('border', 'Đồn Biên phòng, Cảnh sát biển bàn giao')], max_length=14, verbose_name='đến bằng cách nào')),
                ('came_on', models.DateField(verbose_name='ngày đến')),
                ('came_at', models.TimeField(blank=True, null=True, verbose_name='giờ đến')),
                ('area_code', models.CharField(max_length=5, verbose_name='xã, phường nơi tiếp nhận')),
                ('first_told_on', models.DateField(blank=True, null=True, verbose_name='ngày khai báo ở nơi đầu tiên')),
                ('from_country', models.CharField(blank=True, max_length=2, verbose_name='trở về từ nước')),
                ('on_paper', models.BooleanField(default=False, verbose_name='nhập từ phiếu giấy')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='nhập lúc')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị tiếp nhận')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ tiếp nhận')),
            ],
            options={
                'verbose_name': 'lần tiếp nhận',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='reception',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.reception', verbose_name='lần tiếp nhận'),
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('pending', 'Chờ xác minh'), ('victim', 'Nạn nhân'), ('not_victim', 'Không phải nạn nhân')], max_length=10, verbose_name='tư cách trong vụ việc')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('until', models.DateField(null=True, verbose_name='đến trước ngày')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statuses', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'tình trạng theo ngày',
                'ordering': ['since'],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('track', models.CharField(blank=True, max_length=20, verbose_name='quy trình')),
                ('key', models.CharField(max_length=40, verbose_name='bước')),
                ('event', models.CharField(blank=True, max_length=40, verbose_name='việc')),
                ('stage', models.CharField(blank=True, max_length=30, verbose_name='giai đoạn sau bước này')),
                ('on', models.DateField(verbose_name='ngày')),
                ('at', models.TimeField(blank=True, null=True, verbose_name='giờ')),
                ('of_entry', models.BooleanField(default=False, verbose_name='ngày là ngày nhập, không phải ngày của việc')),
                ('to_unit', models.CharField(blank=True, max_length=5, verbose_name='địa bàn nơi nhận')),
                ('paper_no', models.CharField(blank=True, max_length=60, verbose_name='số văn bản')),
                ('paper_on', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('details', models.JSONField(blank=True, default=dict, verbose_name='chi tiết')),
                ('note', models.BinaryField(null=True, verbose_name='ghi chú hạn chế tiếp cận')),
                ('procedure', models.CharField(blank=True, max_length=60, verbose_name='phiên bản thủ tục')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị ghi')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai ghi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.case', verbose_name='hồ sơ')),
                ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='cases.step', verbose_name='sửa cho')),
                ('for_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='ghi thay cho')),
                ('to_agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='gửi đến')),
            ],
            options={
                'verbose_name': 'bước',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Track',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='quy trình')),
                ('procedure', models.CharField(max_length=40, verbose_name='thủ tục')),
                ('version', models.DateField(verbose_name='phiên bản có hiệu lực từ ngày')),
                ('stage', models.CharField(max_length=30, verbose_name='giai đoạn')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tracks', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'quy trình',
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('limit', models.CharField(max_length=40, verbose_name='hạn')),
                ('track', models.CharField(blank=True, max_length=20, verbose_name='quy trình')),
                ('label', models.CharField(max_length=200, verbose_name='việc phải làm')),
                ('started_on', models.DateField(verbose_name='tính từ ngày')),
                ('started_at', models.TimeField(null=True, verbose_name='tính từ giờ')),
                ('due_on', models.DateField(null=True, verbose_name='hạn')),
                ('due_at', models.TimeField(null=True, verbose_name='giờ hết hạn')),
                ('met_on', models.DateField(null=True, verbose_name='xong ngày')),
                ('ended_on', models.DateField(null=True, verbose_name='không tính từ ngày')),
                ('governs', models.BooleanField(default=True, verbose_name='hạn chi phối')),
                ('binding', models.BooleanField(default=True, verbose_name='đủ căn cứ để báo quá hạn')),
                ('lapses', models.BooleanField(default=False, verbose_name='là quyền hết vào ngày ấy, không phải việc phải làm')),
                ('owed_to_child', models.BooleanField(default=False, verbose_name='việc phải làm cho trẻ em')),
                ('convention', models.BooleanField(default=False, verbose_name='tính theo quy ước')),
                ('basis', models.CharField(blank=True, max_length=200, verbose_name='căn cứ')),
                ('duration', models.CharField(blank=True, max_length=60, verbose_name='thời hạn')),
                ('certainty', models.CharField(blank=True, max_length=20, verbose_name='mức chắc chắn')),
                ('rule', models.CharField(blank=True, max_length=80, verbose_name='phiên bản quy định')),
                ('agency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='việc của')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'thời hạn của hồ sơ',
                'ordering': [models.OrderBy(models.F('due_on'), nulls_last=True), 'pk'],
                'indexes': [models.Index(condition=models.Q(('ended_on', None), ('met_on', None)), fields=['agency', 'due_on'], name='open_dues_of_an_agency')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('asked', 'Người ấy yêu cầu xóa'), ('represented', 'Người đại diện của người ấy yêu cầu xóa'), ('authority', 'Cơ quan có thẩm quyền yêu cầu xóa'), ('error', 'Hồ sơ lập nhầm'), ('kept_long', 'Đã hết thời hạn phải lưu giữ, theo văn bản')], max_length=11, verbose_name='người yêu cầu, lý do')),
                ('received_on', models.DateField(verbose_name='ngày nhận yêu cầu')),
                ('paper_no', models.CharField(blank=True, max_length=40, verbose_name='số văn bản yêu cầu')),
                ('paper_on', models.DateField(null=True, verbose_name='ngày văn bản yêu cầu')),
                ('across', models.BooleanField(default=False, verbose_name='người ấy có hồ sơ của nhiều đơn vị')),
                ('asked_on', models.DateField(verbose_name='ngày đề nghị')),
                ('withdrawn_on', models.DateField(null=True, verbose_name='rút ngày')),
                ('agreed', models.BooleanField(null=True, verbose_name='đồng ý')),
                ('decided_on', models.DateField(null=True, verbose_name='ngày quyết định')),
                ('decision_no', models.CharField(blank=True, max_length=40, verbose_name='số văn bản quyết định')),
                ('decision_on', models.DateField(null=True, verbose_name='ngày văn bản quyết định')),
                ('declined', models.CharField(blank=True, choices=[('duty', 'Dữ liệu còn cần cho nhiệm vụ của cơ quan nhà nước'), ('pending', 'Vụ việc hoặc vụ án còn đang được giải quyết'), ('protected', 'Người ấy còn cần được bảo vệ'), ('kept', 'Chưa hết thời hạn phải lưu giữ'), ('unproven', 'Chưa rõ người yêu cầu có quyền yêu cầu')], max_length=9, verbose_name='lý do không đồng ý')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người đề nghị')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='cases.case', verbose_name='hồ sơ')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người quyết định')),
            ],
            options={
                'verbose_name': 'đề nghị xóa danh tính',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed', None), ('withdrawn_on', None)), fields=('case',), name='a_case_has_one_request_to_erase', violation_error_message='Hồ sơ này đang có một đề nghị xóa chờ quyết định.'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('decided_by', None), ('decided_on', None)), models.Q(('agreed__isnull', False), ('decided_by__isnull', False), ('decided_on__gte', models.F('asked_on')), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='two_people_erase_an_identity', violation_error_message='Người đề nghị xóa không tự quyết định.'), models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('agreed', None), _connector='OR'), name='what_was_withdrawn_is_not_decided', violation_error_message='Đề nghị xóa này đã được rút.')],
            },
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('nationality', 'Quốc tịch'), ('poor_household', 'Thuộc hộ nghèo'), ('financial_difficulty', 'Thuộc hộ cận nghèo hoặc đang hưởng trợ cấp xã hội hằng tháng'), ('cannot_pay_travel', 'Muốn về nơi cư trú mà không có khả năng chi trả tiền tàu xe, tiền ăn trong thời gian đi đường')], max_length=20, verbose_name='thông tin đã biết')),
                ('value', models.CharField(blank=True, max_length=20, verbose_name='giá trị')),
                ('true_from', models.DateField(null=True, verbose_name='có giá trị từ ngày')),
                ('recorded_on', models.DateField(verbose_name='ngày ghi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'thông tin đã biết theo ngày',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['case', 'name'], name='facts_of_a_case')],
            },
        ),
        migrations.AddIndex(
            model_name='reception',
            index=models.Index(fields=['came_on', 'area_code'], name='receptions_by_day_and_area'),
        ),
        migrations.AddConstraint(
            model_name='reception',
            constraint=models.CheckConstraint(condition=models.Q(('first_told_on', None), ('first_told_on__lte', models.F('came_on')), _connector='OR'), name='nobody_comes_before_their_first_report', violation_error_message='Ngày đến đây không thể trước ngày khai báo ở nơi đầu tiên.'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['area_code', 'opened_on'], name='cases_by_area'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('recognised_on__isnull', False)), fields=['recognised_on'], name='cases_of_victims'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['-opened_on', '-id'], name='cases_newest_first'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['status'], name='cases_by_status'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['alias'], name='cases_by_alias'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('danger_since__isnull', False)), fields=['danger_since'], name='cases_in_danger'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('closed_on__isnull', False)), fields=['closed_on'], name='cases_by_end'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('person',), name='a_person_has_one_open_case', violation_error_message='Người này đang có một hồ sơ chưa kết thúc.'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('alias',), name='open_cases_have_different_aliases'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('closing', '')), models.Q(('closed_on__isnull', False), models.Q(('closing', ''), _negated=True)), _connector='OR'), name='a_closed_case_says_why'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='a_case_ends_after_it_was_opened', violation_error_message='Ngày kết thúc hồ sơ không thể trước ngày lập.'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('age_class__in', ['under_16', 'under_18', 'adult', ''])), name='of_a_birth_a_class_of_age_is_in_clear'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gt', models.F('since')), _connector='OR'), name='a_status_lasts_a_day'),
        ),
        migrations.AddConstraint(
            model_name='status',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('case', '='), (models.Func(models.F('since'), models.F('until'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_status_of_a_person_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['case', 'on', 'id'], name='steps_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['event', 'case'], name='steps_by_event'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(condition=models.Q(('event__gt', '')), fields=['event', 'on'], name='events_by_day'),
        ),
        migrations.AddIndex(
            model_name='track',
            index=models.Index(fields=['kind', 'stage'], name='tracks_by_stage'),
        ),
        migrations.AddConstraint(
            model_name='track',
            constraint=models.UniqueConstraint(fields=('case', 'kind'), name='a_case_has_one_track_of_a_kind'),
        ),
    ]
