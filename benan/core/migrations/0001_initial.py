from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Remembered',
            fields=[
                ('key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('until', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name': 'dữ liệu lưu tạm',
            },
        ),
        migrations.CreateModel(
            name='KeyChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('current', models.CharField(max_length=64, verbose_name='dấu nhận biết của khóa hiện nay')),
                ('new_key', models.BinaryField(null=True)),
                ('old_key', models.BinaryField(null=True)),
            ],
            options={
                'verbose_name': 'lần đổi khóa',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_change_of_the_key')],
            },
        ),
        migrations.CreateModel(
            name='ReferenceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.UUIDField()),
            ],
            options={
                'verbose_name': 'trạng thái của danh mục',
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='there_is_one_reference_version')],
            },
        ),
    ]
