"""Every form of a case tells what somebody else wrote to the case since it was opened, and records nothing."""

import pytest

from benan.cases.actions import corrections
from benan.cases.models import Step
from tests.cast import TODAY, seen, words
from tests.expected import OF_A_CASE, TAKEN, TYPED, first_who, gathered
from tests.filling import filled, form_on

EXEMPT = {address for addresses in gathered("TELLS_NO_CHANGE").values() for address in addresses}


@pytest.mark.usefixtures("undone")
def test_every_form_of_a_case_notices(world):
    opened = seen(world.case.code)
    forms = {address: form for address in OF_A_CASE if (form := form_on(world, address))}
    corrections.remark(by=world.cast.officer("hoa"), case=world.case, on=TODAY, words="chữ của Hoa")
    before, silent = Step.objects.count(), []
    for address, form in forms.items():
        sent = filled(form, **TYPED.get(address, {})) | {"seen": opened}
        answer = world.send(first_who(TAKEN[address]), address, sent)
        if answer.status_code == 302 or "Ghi thêm · Đỗ Thị Hoa" not in words(answer) or Step.objects.count() > before:
            silent.append((address, answer.status_code, answer.context and dict(answer.context["form"].errors)))
    assert [each for each in silent if each[0] not in EXEMPT] == []
    assert EXEMPT - {address for address, *_more in silent} == set()
