import benan.accounts.role_sets
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(error_messages={'unique': 'Tên đăng nhập này đã có người dùng.'}, max_length=60, unique=True, validators=[django.core.validators.RegexValidator('\\A[a-z][a-z0-9._-]*\\Z', 'Tên đăng nhập chỉ gồm chữ cái không dấu, chữ số, dấu chấm, gạch ngang và gạch dưới, bắt đầu bằng chữ cái; ví dụ lan.nt.')], verbose_name='tên đăng nhập')),
                ('full_name', models.CharField(max_length=120, verbose_name='họ và tên')),
                ('former_names', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None, verbose_name='họ tên đã ghi trước')),
                ('is_active', models.BooleanField(default=True, verbose_name='đang dùng')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='lập lúc')),
            ],
            options={
                'verbose_name': 'tài khoản',
                'ordering': ['username'],
            },
            bases=(benan.accounts.role_sets.Seated, models.Model),
        ),
        migrations.CreateModel(
            name='EntryLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invitation', 'đăng nhập lần đầu'), ('new_password', 'đặt lại mật khẩu'), ('lost_factor', 'mất bước xác thực thứ hai'), ('demo', 'bản trình diễn')], max_length=12, verbose_name='loại')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='tạo lúc')),
                ('expires_at', models.DateTimeField(verbose_name='hết hạn lúc')),
                ('used_at', models.DateTimeField(null=True, verbose_name='đã dùng lúc')),
                ('used_from', models.CharField(blank=True, max_length=45, verbose_name='dùng từ địa chỉ')),
                ('void_at', models.DateTimeField(null=True, verbose_name='hết hiệu lực lúc')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tạo')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entry_links', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'đường dẫn đăng nhập một lần',
            },
        ),
        migrations.CreateModel(
            name='FailedAttempts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('counter', models.CharField(max_length=80, unique=True, verbose_name='đếm ở đâu')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='số lần sai')),
                ('since', models.DateTimeField(verbose_name='đếm từ lúc')),
                ('last', models.DateTimeField(db_index=True, verbose_name='lần cuối lúc')),
                ('wait_until', models.DateTimeField(verbose_name='chờ đến lúc')),
                ('user', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'số lần nhập sai',
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demo', models.BooleanField(verbose_name='bản trình diễn')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='lập lúc')),
            ],
            options={
                'verbose_name': 'bản cài đặt',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_installation')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('receiver', 'Cán bộ tiếp nhận'), ('caseworker', 'Cán bộ quản lý hồ sơ'), ('investigator', 'Cán bộ xác minh'), ('police_head', 'Thủ trưởng Công an'), ('head', 'Thủ trưởng đơn vị'), ('carer', 'Cán bộ cơ sở'), ('supporter', 'Cán bộ cùng hỗ trợ'), ('department', 'Chuyên viên Sở LĐ-TB&XH, Sở Y tế'), ('leader', 'Lãnh đạo tỉnh'), ('member', 'Cán bộ đơn vị có nhiệm vụ trong kế hoạch'), ('administrator', 'Quản trị')], max_length=30, verbose_name='vai trò')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('until', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('granted_at', models.DateTimeField(auto_now_add=True, verbose_name='giao lúc')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='xác nhận lúc')),
                ('paper_no', models.CharField(blank=True, max_length=60, verbose_name='số văn bản')),
                ('paper_on', models.DateField(blank=True, null=True, verbose_name='ngày văn bản')),
                ('post', models.CharField(blank=True, choices=[('head', 'người đứng đầu'), ('deputy', 'cấp phó, ký thay người đứng đầu')], max_length=10, verbose_name='ký văn bản với tư cách')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='agencies.agency', verbose_name='đơn vị')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='xác nhận bởi')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người giao')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
            ],
            options={
                'verbose_name': 'vai trò được giao',
                'ordering': ['agency', 'role', 'since'],
            },
        ),
        migrations.CreateModel(
            name='EndRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(null=True, verbose_name='đến hết ngày')),
                ('why', models.CharField(blank=True, choices=[('left', 'Nghỉ việc, nghỉ hưu'), ('moved', 'Chuyển công tác'), ('long_leave', 'Nghỉ dài ngày'), ('reassigned', 'Được phân công việc khác'), ('wrong_hands', 'Nghi người khác đăng nhập được vào tài khoản'), ('misuse', 'Đang xem xét việc sử dụng tài khoản'), ('by_mistake', 'Lập nhầm, giao nhầm'), ('returned', 'Trở lại làm việc'), ('stopped_by_mistake', 'Đã ngừng nhầm'), ('cleared', 'Đã xem xét xong, tài khoản dùng lại được'), ('misspelt', 'Ghi sai, thiếu dấu hoặc thiếu chữ'), ('name_changed', 'Đổi họ tên theo hộ tịch'), ('other', 'Lý do khác, nêu ở văn bản của đơn vị')], max_length=300, verbose_name='vì sao')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='đề nghị lúc')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='xong lúc')),
                ('outcome', models.CharField(blank=True, choices=[('agreed', 'đã đồng ý'), ('declined', 'không đồng ý'), ('withdrawn', 'đã rút')], max_length=10, verbose_name='trả lời')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked_ends', to=settings.AUTH_USER_MODEL, verbose_name='người đề nghị')),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người trả lời')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='end_requests', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
                ('membership', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership', verbose_name='vai trò')),
            ],
            options={
                'verbose_name': 'đề nghị thu hồi vai trò',
                'ordering': ['asked_at'],
            },
        ),
        migrations.CreateModel(
            name='SentForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=64, unique=True)),
                ('content', models.CharField(max_length=64)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='gửi lúc')),
                ('led_to', models.TextField(verbose_name='dẫn đến')),
                ('shown_once', models.BooleanField(default=False, verbose_name='kết quả chỉ hiện một lần')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
            ],
            options={
                'verbose_name': 'biểu mẫu đã gửi',
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('session_data', models.BinaryField()),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='hết hạn lúc')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'phiên làm việc',
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept_from', models.ManyToManyField(blank=True, related_name='+', to='agencies.agency', verbose_name='không được biết')),
            ],
            options={
                'verbose_name': 'tổ phụ trách',
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('receives', 'tiếp nhận'), ('manages', 'quản lý hồ sơ'), ('verifies', 'xác minh'), ('shelters', 'cho lưu trú'), ('supports', 'cùng hỗ trợ')], max_length=12, verbose_name='việc')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('until', models.DateField(blank=True, null=True, verbose_name='đến hết ngày')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.membership', verbose_name='phụ trách')),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='accounts.team', verbose_name='tổ')),
            ],
            options={
                'verbose_name': 'thành viên tổ',
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='a_role_ends_after_it_begins', violation_error_message='Ngày kết thúc vai trò không được trước ngày bắt đầu.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='a_confirmation_names_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', None), models.Q(('confirmed_by', models.F('user')), _negated=True), _connector='OR'), models.Q(('granted_by', None), models.Q(('granted_by', models.F('user')), _negated=True), _connector='OR')), name='nobody_confirms_their_own_role', violation_error_message='Không được tự giao hoặc tự xác nhận vai trò cho mình.'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('user', '='), ('agency', '='), ('role', '='), (models.Func('since', 'until', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_role_of_a_person_at_an_agency_is_given_once_at_a_time', violation_error_message='Người này đã có vai trò ấy ở đơn vị ấy trong cùng thời gian.'),
        ),
        migrations.AddConstraint(
            model_name='endrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('user', 'membership'), name='one_open_request_to_end_the_same', nulls_distinct=False, violation_error_message='Đã có một đề nghị như vậy, đang chờ người thứ hai đồng ý.'),
        ),
        migrations.AddConstraint(
            model_name='endrequest',
            constraint=models.CheckConstraint(condition=models.Q(('closed_by', None), models.Q(('closed_by', models.F('user')), _negated=True), _connector='OR'), name='a_request_is_not_answered_by_its_subject', violation_error_message='Không được tự trả lời đề nghị về chính mình.'),
        ),
        migrations.AddIndex(
            model_name='teammember',
            index=models.Index(condition=models.Q(('until', None)), fields=['agency', 'team'], name='teams_of_an_agency'),
        ),
        migrations.AddConstraint(
            model_name='teammember',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('team', 'agency', 'part'), name='an_agency_has_one_open_part_of_a_kind_in_a_team'),
        ),
    ]
