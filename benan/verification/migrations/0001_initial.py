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
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('victim', 'Là nạn nhân'), ('not_victim', 'Không phải nạn nhân')], max_length=10, verbose_name='kết luận')),
                ('basis', models.CharField(choices=[('district_police', 'Giấy xác nhận của Công an cấp huyện (khoản 1)'), ('rescuer', 'Giấy xác nhận của cơ quan giải cứu (khoản 2)'), ('proceedings', 'Giấy xác nhận của cơ quan điều tra, Viện kiểm sát, Tòa án (khoản 3)'), ('foreign', 'Giấy tờ của cơ quan nước ngoài đã hợp pháp hóa lãnh sự (khoản 4)'), ('answer', 'Văn bản trả lời xác minh')], max_length=16, verbose_name='dựa trên')),
                ('grounds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None, verbose_name='căn cứ xác định')),
                ('sources', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None, verbose_name='nguồn tài liệu, chứng cứ')),
                ('reasons', models.BinaryField(null=True, verbose_name='lập luận hạn chế tiếp cận')),
                ('drafted_at', models.DateTimeField(auto_now_add=True, verbose_name='dự thảo lúc')),
                ('on', models.DateField(null=True, verbose_name='ngày kết luận')),
                ('answer_no', models.CharField(blank=True, max_length=60, verbose_name='số văn bản trả lời')),
                ('certificate_no', models.CharField(blank=True, max_length=60, verbose_name='số giấy xác nhận')),
                ('certificate_on', models.DateField(null=True, verbose_name='ngày giấy xác nhận')),
                ('issuer', models.CharField(blank=True, max_length=15, verbose_name='cơ quan cấp giấy')),
                ('replaced_on', models.DateField(null=True, verbose_name='được thay ngày')),
                ('withdrawn', models.BooleanField(default=False, verbose_name='dự thảo đã rút')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='cơ quan kết luận')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='cases.case', verbose_name='hồ sơ')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người dự thảo')),
                ('returned', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.step', verbose_name='trả lại để sửa')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người ký')),
            ],
            options={
                'verbose_name': 'kết luận',
                'ordering': ['on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('on__isnull', False), ('withdrawn', False)), fields=['on'], name='findings_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('on', None), ('withdrawn', False)), fields=('case',), name='a_case_has_one_finding_in_draft', violation_error_message='Hồ sơ này đang có một dự thảo kết luận chờ ký.'), models.UniqueConstraint(condition=models.Q(('on__isnull', False), ('replaced_on', None)), fields=('case',), name='a_case_has_one_finding_in_force'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'victim'), _negated=True), ('on', None), models.Q(models.Q(('certificate_no', ''), _negated=True), ('certificate_on__isnull', False)), _connector='OR'), name='a_victim_has_a_certificate_by_number_and_day', violation_error_message='Kết luận là nạn nhân cần số và ngày của giấy xác nhận.'), models.CheckConstraint(condition=models.Q(('on', None), ('certificate_on', None), ('certificate_on__lte', models.F('on')), _connector='OR'), name='a_certificate_is_not_later_than_its_finding', violation_error_message='Ngày giấy xác nhận không thể sau ngày ghi nhận kết luận.'), models.CheckConstraint(condition=models.Q(('returned', None), ('on', None), _connector='OR'), name='a_returned_draft_is_not_signed', violation_error_message='Dự thảo đã trả lại để sửa thì không ký.'), models.CheckConstraint(condition=models.Q(('replaced_on', None), ('replaced_on__gte', models.F('on')), _connector='OR'), name='a_finding_is_replaced_after_it_was_made', violation_error_message='Kết luận sau không thể có ngày trước kết luận mà nó thay.')],
            },
        ),
    ]
