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
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('programme', models.CharField(max_length=30, verbose_name='chương trình')),
                ('joined_on', models.DateField(verbose_name='tham gia từ ngày')),
                ('paper_no', models.CharField(blank=True, max_length=60, verbose_name='số văn bản')),
                ('consent', models.CharField(choices=[('written', 'Đồng ý, bằng văn bản'), ('spoken', 'Đồng ý, bằng lời')], max_length=7, verbose_name='ý kiến của người ấy hoặc người đại diện')),
                ('ended_on', models.DateField(null=True, verbose_name='kết thúc ngày')),
                ('outcome', models.CharField(blank=True, choices=[('finished', 'Đã hoàn thành'), ('left', 'Thôi giữa chừng'), ('refused', 'Người ấy từ chối tiếp tục'), ('moved', 'Chuyển đi nơi khác')], max_length=8, verbose_name='kết thúc thế nào')),
                ('taken_back', models.BooleanField(default=False, verbose_name='đã rút vì ghi nhầm')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị ghi')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai ghi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
                ('office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='nơi thực hiện')),
            ],
            options={
                'verbose_name': 'lần tham gia chương trình',
                'ordering': ['-joined_on', '-pk'],
                'indexes': [models.Index(condition=models.Q(('taken_back', False)), fields=['joined_on'], name='programmes_joined_by_day')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on', None), ('taken_back', False)), fields=('case', 'programme'), name='a_programme_once_at_a_time', violation_error_message='Người ấy đang tham gia chương trình này.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('outcome', '')), models.Q(('ended_on__gte', models.F('joined_on')), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_programme_ends_after_it_was_joined', violation_error_message='Ngày kết thúc trước ngày tham gia.')],
            },
        ),
        migrations.CreateModel(
            name='Referral',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('shelter', 'Cơ sở lưu trú'), ('residence', 'Nơi cư trú'), ('service', 'Nơi cung cấp dịch vụ')], max_length=10, verbose_name='chuyển đến')),
                ('consent', models.CharField(choices=[('written', 'Đồng ý, bằng văn bản'), ('spoken', 'Đồng ý, bằng lời'), ('unable', 'Chưa tự quyết định được: bất tỉnh, trẻ nhỏ…'), ('refused', 'Không đồng ý'), ('agreed', 'Đồng ý, trước đây không ghi hình thức')], max_length=8, verbose_name='ý kiến của người ấy hoặc người đại diện')),
                ('emergency', models.BooleanField(default=False, verbose_name='khẩn cấp')),
                ('sent_on', models.DateField(verbose_name='chuyển ngày')),
                ('answered_on', models.DateField(null=True, verbose_name='trả lời ngày')),
                ('accepted', models.BooleanField(null=True, verbose_name='nhận')),
                ('arrived_on', models.DateField(null=True, verbose_name='đến nơi ngày')),
                ('paper_no', models.CharField(blank=True, max_length=60, verbose_name='số văn bản trả lời')),
                ('words', models.BinaryField(null=True, verbose_name='ghi chú hạn chế tiếp cận')),
                ('reason', models.BinaryField(null=True, verbose_name='lý do từ chối hạn chế tiếp cận')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người trả lời')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='nơi nhận')),
                ('sender', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='nơi chuyển')),
                ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người chuyển')),
            ],
            options={
                'verbose_name': 'lần chuyển tuyến',
                'ordering': ['-sent_on', '-pk'],
                'indexes': [models.Index(condition=models.Q(('accepted', None)), fields=['receiver'], name='open_referrals_of_an_agency'), models.Index(fields=['sent_on'], name='referrals_by_day'), models.Index(condition=models.Q(('accepted', True)), fields=['answered_on'], name='referrals_accepted_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('accepted', None), ('accepted', True), ('reason__isnull', False), _connector='OR'), name='a_declined_referral_says_why', violation_error_message='Từ chối chuyển tuyến cần ghi lý do.'), models.CheckConstraint(condition=models.Q(('answered_on', None), ('answered_on__gte', models.F('sent_on')), _connector='OR'), name='a_referral_is_answered_after_it_was_sent', violation_error_message='Ngày trả lời không thể trước ngày chuyển.'), models.CheckConstraint(condition=models.Q(('arrived_on', None), models.Q(('answered_on__isnull', False), ('arrived_on__gte', models.F('answered_on'))), _connector='OR'), name='nobody_arrives_before_they_were_accepted', violation_error_message='Ngày đến nơi không thể trước ngày đồng ý tiếp nhận.'), models.CheckConstraint(condition=models.Q(models.Q(('consent', 'refused'), _negated=True), ('accepted', False), _connector='OR'), name='whom_the_person_refused_is_not_asked'), models.UniqueConstraint(condition=models.Q(('accepted', None)), fields=('case', 'receiver'), name='one_open_referral_to_a_receiver', violation_error_message='Đã có một lần chuyển đến nơi này đang chờ trả lời.')],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('planned_on', models.DateField(verbose_name='hẹn ngày')),
                ('made_on', models.DateField(blank=True, null=True, verbose_name='thăm ngày')),
                ('safe', models.BooleanField(blank=True, null=True, verbose_name='an toàn')),
                ('words', models.BinaryField(null=True, verbose_name='ghi chú hạn chế tiếp cận')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency', verbose_name='đơn vị thăm')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai ghi')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'lần thăm',
                'ordering': ['planned_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('made_on', None)), fields=['agency', 'planned_on'], name='visits_to_make'), models.Index(condition=models.Q(('made_on__isnull', False)), fields=['made_on'], name='visits_by_day')],
            },
        ),
    ]
