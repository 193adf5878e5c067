from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0012_sealed_births'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='erasure',
            name='a_file_has_one_request_to_erase',
        ),
        migrations.AddField(
            model_name='erasure',
            name='across',
            field=models.BooleanField(default=False, verbose_name='người ấy có hồ sơ của nhiều đơn vị'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='decision_no',
            field=models.CharField(blank=True, max_length=40, verbose_name='số văn bản quyết định'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='decision_on',
            field=models.DateField(null=True, verbose_name='ngày văn bản quyết định'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='declined',
            field=models.CharField(blank=True, choices=[('duty', 'Dữ liệu còn cần cho nhiệm vụ của cơ quan nhà nước'), ('pending', 'Vụ việc hoặc vụ án còn đang được giải quyết'), ('protected', 'Người ấy còn cần được bảo vệ'), ('kept', 'Chưa hết thời hạn phải lưu giữ'), ('unproven', 'Chưa rõ người yêu cầu có quyền yêu cầu')], max_length=9, verbose_name='vì sao không đồng ý'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='paper_no',
            field=models.CharField(blank=True, max_length=40, verbose_name='số văn bản yêu cầu'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='paper_on',
            field=models.DateField(null=True, verbose_name='ngày văn bản yêu cầu'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='received_on',
            field=models.DateField(null=True, verbose_name='ngày nhận yêu cầu'),
        ),
        migrations.RunSQL("UPDATE cases_erasure SET received_on = asked_on", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='erasure',
            name='received_on',
            field=models.DateField(verbose_name='ngày nhận yêu cầu'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='withdrawn_on',
            field=models.DateField(null=True, verbose_name='rút ngày'),
        ),
        migrations.AlterField(
            model_name='erasure',
            name='reason',
            field=models.CharField(choices=[('asked', 'Người ấy yêu cầu xóa'), ('represented', 'Người đại diện của người ấy yêu cầu xóa'), ('authority', 'Cơ quan có thẩm quyền yêu cầu xóa'), ('error', 'Hồ sơ lập nhầm'), ('kept_long', 'Đã hết thời hạn phải lưu giữ, theo văn bản')], max_length=11, verbose_name='ai yêu cầu, vì sao'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('agreed', None), ('withdrawn_on', None)), fields=('file',), name='a_file_has_one_request_to_erase', violation_error_message='Hồ sơ này đang có một đề nghị xóa chờ quyết định.'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('agreed', None), _connector='OR'), name='what_was_withdrawn_is_not_decided', violation_error_message='Đề nghị xóa này đã được rút.'),
        ),
    ]
