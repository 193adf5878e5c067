"""Births leave the clear columns: their days are sealed with the key of the person, a class of age stays.

The words in which an issuer was written are sealed as well, and one of a list stands in their place.

Requests to erase an identity for good have a table.

The history carries births no more either: a correction and a joining keep what stays in clear. Where somebody's birth is
known this needs the key-encryption key; without it nothing is changed and a sentence says so.
"""

import django.db.models.deletion
from django.conf import settings
from django.core.management import CommandError
from django.db import migrations, models

from benan.core import sealing
from benan.core.text import fold
from benan.vault.ages import BORN, NOT_BORN, TOO_OLD, Age, Birth

OLD = ("born_from", "born_to")


def seal(apps, _schema):
    """Seal the days of each known birth, and keep of them what stays in clear."""
    File = apps.get_model("cases", "File")
    Sealed = apps.get_model("vault", "Sealed")
    known = File.objects.exclude(born_from=None).select_related("person", "reception").order_by("-pk")
    if known.exists() and not sealing.has_key():
        raise CommandError("Bản mới niêm phong ngày sinh nên cần khóa: đặt KEY_FILE rồi chạy lại. Chưa có gì thay đổi.")
    done = set()
    for file in known.iterator():
        birth = Birth(file.born_from, file.born_to)
        age = birth.age_class(file.reception.came_on)
        file.age_class = {NOT_BORN: Age.UNDER_16, TOO_OLD: Age.ADULT}.get(age, age)
        file.save(update_fields=["age_class"])
        if file.person.wrapped_key is not None and file.person_id not in done:
            done.add(file.person_id)
            key = sealing.unwrap(bytes(file.person.wrapped_key))
            Sealed.objects.create(person=file.person, field=BORN, value=sealing.seal(key, str(birth), BORN), by="")


def take_from_history(apps, schema):
    """Replace the days of births in what corrections and joinings remember. The history is append-only for everybody
    else; its owner may change it here once."""
    Step = apps.get_model("cases", "Step")
    files = {file.pk: file for file in apps.get_model("cases", "File").objects.only("age_class")}
    schema.execute("ALTER TABLE cases_step DISABLE TRIGGER append_only")
    for step in Step.objects.filter(key__in=("facts", "correct_fact", "join")).iterator():
        details = without_days(step.details, files)
        if details != step.details:
            Step.objects.filter(pk=step.pk).update(details=details)
    schema.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema.execute("ALTER TABLE cases_step ENABLE TRIGGER append_only")


def without_days(details, files):
    """The details of a step without the days of a birth."""
    details = dict(details)
    if changed := details.get("changed"):
        details["changed"] = {name: pair for name, pair in changed.items() if name not in OLD}
    if moved := details.get("moved"):
        details["moved"] = [[label, pk, *_remembered(files.get(pk), old, new)] for label, pk, old, new in moved]
    return details


def _remembered(file, old, new):
    if not (old and new and "born_from" in new):
        return old, new
    kept = [{name: value for name, value in side.items() if name not in OLD} for side in (old, new)]
    return kept[0] | {"age_class": ""}, kept[1] | {"age_class": file.age_class}


def list_issuers(apps, _schema):
    """Put one of the list for each issuer that was written, and seal the words where nothing else is sealed."""
    Finding = apps.get_model("cases", "Finding")
    for finding in Finding.objects.exclude(issuer="").select_related("file__person").iterator():
        wrapped = finding.file.person.wrapped_key
        if finding.reasons is None and wrapped is not None:
            finding.reasons = sealing.seal(sealing.unwrap(bytes(wrapped)), finding.issuer, "note")
        finding.issuer = _listed(finding.basis, fold(finding.issuer))
        finding.save(update_fields=["issuer", "reasons"])


def _listed(basis, words):
    """Who gave a paper of a kind, from folded words."""
    if basis == "rescuer":
        named = {"bien phong": "border_guard", "canh sat bien": "coast_guard", "dai dien": "mission", "su quan": "mission"}
    elif basis == "proceedings":
        named = {"vien kiem sat": "procuracy", "vks": "procuracy", "toa": "court"}
    else:
        return {"district_police": "district_police", "foreign": "foreign"}.get(basis, "")
    found = [issuer for part, issuer in named.items() if part in words]
    return found[0] if found else {"rescuer": "police", "proceedings": "investigation"}[basis]


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_people_under_18"),
        ("core", "0003_key_change"),
        ("vault", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RemoveConstraint("file", "the_earliest_birth_is_not_after_the_latest"),
        migrations.AddField(
            "file",
            "age_class",
            models.CharField(
                blank=True, choices=Age.choices, default="", max_length=8, verbose_name="tuổi vào ngày đến"
            ),
            preserve_default=False,
        ),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RunPython(take_from_history, migrations.RunPython.noop),
        migrations.RunPython(list_issuers, migrations.RunPython.noop),
        migrations.RemoveField("file", "born_from"),
        migrations.RemoveField("file", "born_to"),
        migrations.AddConstraint(
            "file",
            models.CheckConstraint(
                name="of_a_birth_a_class_of_age_is_in_clear",
                condition=models.Q(("age_class__in", ["under_16", "under_18", "adult", ""])),
            ),
        ),
        migrations.AlterField(
            "finding",
            "issuer",
            models.CharField(
                blank=True,
                choices=[
                    ("district_police", "Công an cấp huyện"),
                    ("police", "Công an giải cứu"),
                    ("border_guard", "Bộ đội Biên phòng"),
                    ("coast_guard", "Cảnh sát biển"),
                    ("mission", "Cơ quan đại diện Việt Nam ở nước ngoài"),
                    ("investigation", "Cơ quan điều tra"),
                    ("procuracy", "Viện kiểm sát nhân dân"),
                    ("court", "Tòa án nhân dân"),
                    ("foreign", "Cơ quan có thẩm quyền của nước ngoài"),
                ],
                max_length=15,
                verbose_name="cơ quan cấp giấy",
            ),
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('asked', 'Người ấy yêu cầu xóa'), ('error', 'Hồ sơ lập nhầm'), ('kept_long', 'Hết thời hạn phải lưu giữ')], max_length=9, verbose_name='lý do')),
                ('asked_on', models.DateField(verbose_name='ngày đề nghị')),
                ('agreed', models.BooleanField(null=True, verbose_name='đồng ý')),
                ('decided_on', models.DateField(null=True, verbose_name='ngày quyết định')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai đề nghị')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ai quyết định')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='cases.file', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'đề nghị xóa danh tính',
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed', None)), fields=('file',), name='a_file_has_one_request_to_erase', violation_error_message='Hồ sơ này đang có một đề nghị xóa chờ quyết định.'), models.CheckConstraint(condition=models.Q(models.Q(('agreed', None), ('decided_by', None), ('decided_on', None)), models.Q(('agreed__isnull', False), ('decided_by__isnull', False), ('decided_on__gte', models.F('asked_on')), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='two_people_erase_an_identity', violation_error_message='Người đề nghị xóa không tự quyết định.')],
            },
        ),
    ]
