import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='lập lúc')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'địa chỉ lịch',
            },
        ),
        migrations.CreateModel(
            name='MailSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.BinaryField(verbose_name='địa chỉ')),
                ('reminders', models.BooleanField(verbose_name='nhắc từng việc')),
                ('digest', models.BooleanField(verbose_name='thư đầu tuần')),
                ('asked_at', models.DateTimeField(verbose_name='ghi lúc')),
                ('secret_hash', models.CharField(blank=True, max_length=64)),
                ('secret_until', models.DateTimeField(null=True, verbose_name='đường dẫn xác nhận hết hạn lúc')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='xác nhận lúc')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'nơi nhận thư',
            },
        ),
        migrations.CreateModel(
            name='SentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('confirmation', 'xác nhận địa chỉ'), ('reminder', 'nhắc việc'), ('digest', 'thư đầu tuần')], max_length=12, verbose_name='loại')),
                ('key', models.CharField(max_length=200, verbose_name='việc')),
                ('outcome', models.CharField(choices=[('sending', 'đang gửi, hoặc không rõ máy chủ thư đã nhận chưa'), ('sent', 'máy chủ thư đã nhận'), ('refused', 'máy chủ thư từ chối, một giờ sau gửi lại'), ('given_up', 'máy chủ thư từ chối nhiều lần, không gửi nữa')], max_length=8, verbose_name='kết quả')),
                ('attempts', models.PositiveSmallIntegerField(verbose_name='số lần gửi')),
                ('at', models.DateTimeField(db_index=True, verbose_name='lần cuối lúc')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='tài khoản')),
            ],
            options={
                'verbose_name': 'thư đã gửi',
                'constraints': [models.UniqueConstraint(fields=('user', 'kind', 'key'), name='an_officer_is_told_something_by_mail_once')],
            },
        ),
    ]
