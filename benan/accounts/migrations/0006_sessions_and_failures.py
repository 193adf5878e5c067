import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_account_states'),
    ]

    operations = [
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
        migrations.DeleteModel(
            name='LockOut',
        ),
        # Sessions under their own keys, which a copy of the database would open.
        migrations.RunSQL('DROP TABLE IF EXISTS django_session', migrations.RunSQL.noop),
    ]
