import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Instrument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, unique=True, verbose_name='khóa')),
                ('short', models.CharField(max_length=60, verbose_name='tên gọi')),
                ('title', models.CharField(max_length=200, verbose_name='tên đầy đủ')),
                ('issued', models.DateField(verbose_name='ngày ban hành')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='hiệu lực')),
                ('source', models.TextField(verbose_name='nguồn')),
            ],
            options={
                'verbose_name': 'văn bản',
                'ordering': ['issued'],
            },
        ),
        migrations.CreateModel(
            name='Entitlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(choices=[('claimant', 'người khai là nạn nhân'), ('minor', 'người chưa thành niên đi cùng'), ('relative', 'người thân thích')], max_length=10, verbose_name='người')),
                ('status', models.CharField(choices=[('pending', 'đang chờ xác minh'), ('victim', 'nạn nhân'), ('not_victim', 'không phải nạn nhân')], max_length=10, verbose_name='tình trạng xác minh')),
                ('nationality', models.CharField(choices=[('citizen', 'công dân Việt Nam'), ('stateless_resident', 'người không quốc tịch thường trú ở Việt Nam'), ('foreigner', 'người nước ngoài'), ('stateless_other', 'người không quốc tịch không thường trú')], max_length=20, verbose_name='quốc tịch')),
                ('need', models.CharField(choices=[('essential', 'nhu cầu thiết yếu'), ('travel', 'chi phí đi lại'), ('medical', 'hỗ trợ y tế'), ('psychological', 'hỗ trợ tâm lý'), ('legal_aid', 'trợ giúp pháp lý'), ('schooling', 'học văn hóa'), ('vocational', 'học nghề'), ('initial_allowance', 'trợ cấp khó khăn ban đầu'), ('loan', 'hỗ trợ vay vốn')], max_length=20, verbose_name='nhu cầu')),
                ('answer', models.CharField(choices=[('yes', 'được hưởng'), ('no', 'không thuộc chế độ này'), ('unknown', 'chưa rõ')], max_length=8, verbose_name='trả lời')),
                ('all_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='phải đủ')),
                ('any_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='có một trong')),
                ('none_of', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='không có điều nào')),
                ('citation', models.CharField(max_length=200, verbose_name='điều khoản')),
                ('why', models.CharField(max_length=400, verbose_name='lý do')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='hiệu lực')),
            ],
            options={
                'verbose_name': 'quyền được hỗ trợ',
                'ordering': ['person', 'status', 'nationality', 'need', 'in_force'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('person', '='), ('status', '='), ('nationality', '='), ('need', '='), ('in_force', '&&')], name='one_answer_to_a_need_at_a_time', violation_error_message='Trong cùng thời gian, một nhu cầu chỉ có một câu trả lời.')],
            },
        ),
        migrations.CreateModel(
            name='OfficialDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True, verbose_name='ngày')),
                ('kind', models.CharField(choices=[('off', 'ngày nghỉ'), ('working', 'ngày làm việc')], max_length=7, verbose_name='loại')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('source', models.CharField(max_length=200, verbose_name='căn cứ')),
                ('provisional', models.BooleanField(default=False, verbose_name='tạm tính')),
                ('corrected_at', models.DateTimeField(null=True, verbose_name='sửa lúc')),
                ('corrected_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người sửa')),
            ],
            options={
                'verbose_name': 'ngày nghỉ, ngày làm bù',
                'ordering': ['day'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('corrected_at', None), ('corrected_by', None)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False)), _connector='OR'), name='a_corrected_day_names_who_and_when'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='an_official_day_says_its_source', violation_error_message='Cần ghi căn cứ: số và ngày của thông báo, hoặc điều luật.')],
            },
        ),
        migrations.CreateModel(
            name='TimeLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40, verbose_name='khóa')),
                ('n', models.PositiveSmallIntegerField(null=True, verbose_name='số')),
                ('unit', models.CharField(choices=[('at_once', 'ngay'), ('hour', 'giờ'), ('day', 'ngày'), ('working_day', 'ngày làm việc'), ('month', 'tháng')], max_length=12, verbose_name='đơn vị')),
                ('direction', models.CharField(choices=[('after', 'sau'), ('before', 'trước')], default='after', max_length=6, verbose_name='chiều')),
                ('rolls', models.BooleanField(default=True, verbose_name='kéo dài khi gặp ngày nghỉ')),
                ('first_day', models.BooleanField(default=False, verbose_name='tính cả ngày đầu')),
                ('starts', models.CharField(max_length=160, verbose_name='tính từ')),
                ('article', models.CharField(max_length=120, verbose_name='điều khoản')),
                ('also', models.CharField(blank=True, max_length=160, verbose_name='cũng theo')),
                ('certainty', models.CharField(choices=[('sourced', 'đã đọc bản gốc'), ('two_readings', 'đã đọc bản gốc, có hai cách hiểu'), ('memory_high', 'chưa kiểm chứng, khá chắc'), ('memory_medium', 'chưa kiểm chứng, tương đối chắc'), ('memory_low', 'chưa kiểm chứng, không chắc')], max_length=14, verbose_name='mức chắc chắn')),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='hiệu lực')),
                ('instrument', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='limits', to='rules.instrument', verbose_name='văn bản')),
            ],
            options={
                'verbose_name': 'thời hạn',
                'ordering': ['key', 'in_force'],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('key', '='), ('in_force', '&&')], name='one_value_of_a_limit_at_a_time', violation_error_message='Trong cùng thời gian, một thời hạn chỉ có một giá trị.'), models.CheckConstraint(condition=models.Q(models.Q(('unit', 'at_once'), _negated=True), ('n', None), _connector='OR'), name='at_once_has_no_number', violation_error_message='Việc phải làm ngay không kèm con số.'), models.CheckConstraint(condition=models.Q(('n', None), ('n__gt', 0), _connector='OR'), name='a_time_limit_is_not_zero', violation_error_message='Thời hạn phải lớn hơn 0; chưa rõ thời hạn thì để trống.'), models.CheckConstraint(condition=models.Q(('first_day', False), ('unit', 'day'), _connector='OR'), name='only_days_count_the_first', violation_error_message='Chỉ thời gian tính bằng ngày mới tính cả ngày đầu; tháng kết thúc ở ngày tương ứng (Điều 148 BLDS).'), models.CheckConstraint(condition=models.Q(models.Q(('direction', 'before'), _negated=True), ('rolls', False), _connector='OR'), name='a_limit_before_an_event_never_rolls', violation_error_message='Thời hạn tính lùi về trước một ngày thì không kéo dài theo ngày nghỉ.')],
            },
        ),
    ]
