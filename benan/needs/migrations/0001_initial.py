import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agencies', '0001_initial'),
        ('cases', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('food', 'Ăn, uống'), ('clothes', 'Quần áo, đồ vệ sinh'), ('lodging', 'Chỗ nghỉ'), ('first_aid', 'Khám, sơ cứu'), ('interpreter', 'Phiên dịch'), ('call_family', 'Gọi người thân'), ('child_care', 'Chăm sóc trẻ đi cùng'), ('essential', 'Ăn, ở, đồ dùng thiết yếu'), ('travel', 'Chi phí về nơi cư trú'), ('counselling', 'Tham vấn, tư vấn'), ('psychological', 'Hỗ trợ tâm lý'), ('medical', 'Khám, chữa bệnh'), ('health_care', 'Chăm sóc sức khỏe'), ('schooling', 'Học văn hóa'), ('legal_aid', 'Trợ giúp pháp lý'), ('treatment', 'Chữa trị, phục hồi'), ('vocational', 'Học nghề'), ('job', 'Việc làm'), ('initial_allowance', 'Trợ cấp khó khăn ban đầu'), ('loan', 'Vay vốn'), ('health_advice', 'Tư vấn về sức khỏe'), ('psych_advice', 'Tư vấn về tâm lý'), ('papers', 'Giấy tờ tùy thân, hộ khẩu'), ('safety', 'Bảo vệ an toàn')], max_length=20, verbose_name='nhu cầu')),
                ('phase', models.CharField(choices=[('initial', 'Ban đầu'), ('assessed', 'Đánh giá')], max_length=8, verbose_name='giai đoạn')),
                ('recorded_on', models.DateField(verbose_name='ngày ghi')),
                ('met_on', models.DateField(blank=True, null=True, verbose_name='đáp ứng ngày')),
                ('refused_on', models.DateField(blank=True, null=True, verbose_name='người ấy từ chối ngày')),
                ('gone_on', models.DateField(blank=True, null=True, verbose_name='không còn cần từ ngày')),
                ('granted', models.CharField(choices=[('yes', 'Thuộc diện được hỗ trợ'), ('no', 'Không thuộc đối tượng hưởng'), ('unknown', 'Chưa đủ thông tin')], default='unknown', max_length=7, verbose_name='chế độ theo luật')),
                ('citation', models.CharField(blank=True, max_length=160, verbose_name='căn cứ')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'nhu cầu',
                'ordering': ['recorded_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('offered', 'Đã đề nghị'), ('refused', 'Người ấy từ chối'), ('begun', 'Đang thực hiện'), ('given', 'Đã hỗ trợ xong')], max_length=8, verbose_name='kết quả')),
                ('on', models.DateField(verbose_name='ngày')),
                ('amount', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='số tiền (đồng)')),
                ('taken_back', models.BooleanField(default=False, verbose_name='đã rút vì ghi nhầm')),
                ('words', models.BinaryField(null=True, verbose_name='ghi chú hạn chế tiếp cận')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị hỗ trợ')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai ghi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
                ('need', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='provisions', to='needs.need', verbose_name='nhu cầu')),
            ],
            options={
                'verbose_name': 'lần hỗ trợ',
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='ngày')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='nhóm đã hỏi')),
                ('safety_asked', models.BooleanField(default=False, verbose_name='đã hỏi về an toàn')),
                ('advice_asked', models.BooleanField(default=False, verbose_name='đã hỏi về tư vấn sức khỏe, tâm lý')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='cán bộ')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'lần đánh giá nhu cầu',
                'ordering': ['on', 'pk'],
                'indexes': [models.Index(fields=['case', 'on'], name='assessments_of_a_case'), models.Index(fields=['on'], name='assessments_by_day')],
            },
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['case', 'kind'], name='needs_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='need',
            index=models.Index(fields=['recorded_on', 'kind'], name='needs_by_day'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.UniqueConstraint(condition=models.Q(('gone_on', None), ('met_on', None), ('refused_on', None)), fields=('case', 'kind'), name='a_need_stands_once_at_a_time', violation_error_message='Nhu cầu này đã được ghi và chưa xong.'),
        ),
        migrations.AddConstraint(
            model_name='need',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met_on', None), ('met_on__gte', models.F('recorded_on')), _connector='OR'), models.Q(('refused_on', None), ('refused_on__gte', models.F('recorded_on')), _connector='OR'), models.Q(('gone_on', None), ('gone_on__gte', models.F('recorded_on')), _connector='OR')), name='a_need_ends_after_it_was_recorded', violation_error_message='Ngày này trước ngày ghi nhu cầu.'),
        ),
        migrations.AddIndex(
            model_name='provision',
            index=models.Index(fields=['case', 'on'], name='provisions_of_a_case'),
        ),
        migrations.AddIndex(
            model_name='provision',
            index=models.Index(condition=models.Q(('outcome', 'given'), ('taken_back', False)), fields=['on'], name='supports_given_by_day'),
        ),
    ]
