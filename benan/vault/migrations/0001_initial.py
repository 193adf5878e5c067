import benan.vault.models
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=benan.vault.models.ordered_uuid, editable=False, primary_key=True, serialize=False)),
                ('wrapped_key', models.BinaryField(null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'người',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('erased_at', None), ('wrapped_key__isnull', False)), models.Q(('erased_at__isnull', False), ('wrapped_key', None)), _connector='OR'), name='an_erased_person_has_no_key')],
            },
        ),
        migrations.CreateModel(
            name='Sealed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('full_name', 'Họ và tên'), ('other_names', 'Tên gọi khác'), ('birth', 'Ngày sinh, như người ấy nói'), ('id_number', 'Số giấy tờ tùy thân'), ('phone', 'Số điện thoại'), ('residence', 'Nơi cư trú'), ('stay', 'Nơi đang ở'), ('contact', 'Người thân có thể gọi'), ('own_words', 'Lời của người ấy')], max_length=20, verbose_name='mục')),
                ('value', models.BinaryField(verbose_name='giá trị mã hóa')),
                ('by', models.CharField(max_length=150, verbose_name='ai ghi')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='ghi lúc')),
                ('replaced_at', models.DateTimeField(null=True, verbose_name='thay lúc')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.person', verbose_name='người')),
            ],
            options={
                'verbose_name': 'giá trị mã hóa',
                'ordering': ['at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('person', 'field'), name='a_person_has_one_current_value_of_a_field')],
            },
        ),
        migrations.CreateModel(
            name='Token',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.BinaryField(max_length=16, verbose_name='dấu vết')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='vault.person', verbose_name='người')),
            ],
            options={
                'verbose_name': 'dấu vết tìm kiếm',
                'indexes': [models.Index(fields=['value', 'person'], name='people_by_token')],
            },
        ),
    ]
