"""Forms as officers meet them."""

import datetime as dt
import re
import unicodedata

import pytest
from django import forms as django_forms
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from benan.accounts.forms import NumberForm
from benan.core import days
from benan.core.refusals import Refused
from benan.ui import forms


class Handover(forms.Form):
    danger = forms.ChoiceCards(label="Có nguy hiểm không?", choices=[("yes", "Có"), ("no", "Không")])
    needs = forms.MultiChoiceCards(
        label="Cần gì",
        required=False,
        choices=[("food", forms.Option("Ăn, uống", icon="bowl", hint="Kể cả ban đêm.")), ("bed", "Chỗ nghỉ")],
    )
    day = forms.DayField(label="Ngày tiếp nhận", help_text="Ngày/tháng/năm.")
    note = forms.TextField(label="Ghi chú", max_length=4000, rows=3, required=False)
    agreed = django_forms.BooleanField(label="Người ấy đồng ý")
    seen = forms.SeenField()


class Plain(django_forms.Form):
    code = django_forms.CharField(label="Mã", help_text="Sáu số.")


def clean(field, typed):
    return field.clean(typed)


def complaint(field, typed):
    with pytest.raises(django_forms.ValidationError) as caught:
        field.clean(typed)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "typed",
    [
        "03/04/2025",
        "3/4/2025",
        "03-04-2025",
        "3.4.2025",
        "03 04 2025",
        "03042025",
        "2025-04-03",
        " 03/04/2025\n",
        "\uff10\uff13\uff0f\uff10\uff14\uff0f\uff12\uff10\uff12\uff15",
        "03\u201304\u20132025",
    ],
)
def test_a_day_is_understood_however_it_is_typed(typed):
    assert clean(forms.DayField(), typed) == dt.date(2025, 4, 3)


@pytest.mark.parametrize(
    "typed",
    ["21:40", "\uff12\uff11\uff1a\uff14\uff10", "21.40", "21h40", "21H40", "21 giờ 40", "21g40", "21h 40p", "21:40:00"],
)
def test_an_hour_is_understood_from_whatever_keyboard(typed):
    assert clean(forms.TimeField(), typed) == dt.time(21, 40)


@pytest.mark.parametrize("typed", ["9h", "9 giờ", "09:00", "9g"])
def test_a_whole_hour_needs_no_minutes(typed):
    assert clean(forms.TimeField(), typed) == dt.time(9)


@pytest.mark.parametrize("typed", ["24:00", "21:60", "tối", "9", "21:4", "21:40:"])
def test_what_is_no_hour_is_named(typed):
    said = complaint(forms.TimeField(), typed)
    assert said == f"“{typed}” không phải là một giờ trong ngày. Ghi giờ:phút, ví dụ 21:40."


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)))
def test_every_day_that_is_shown_can_be_typed_back(day):
    assert clean(forms.DayField(), days.show(day)) == day


@pytest.mark.parametrize("typed", ["31/02/2017", "29-02-2019", "31042017", "2017-13-01", "00/00/2017"])
def test_a_day_that_no_calendar_has_is_named(typed):
    assert complaint(forms.DayField(), typed) == f"Ngày {typed} không có trong lịch."


def test_a_day_before_1900_is_refused_by_its_year():
    assert "năm 1017" in complaint(forms.DayField(), "09/11/1017")


def test_a_day_with_two_figures_for_the_year_is_asked_for_four():
    assert "bốn chữ số" in complaint(forms.DayField(), "09/11/17")


def test_words_that_are_no_day_are_quoted_but_never_in_full_length():
    said = complaint(forms.DayField(), "hôm qua " * 500)
    assert said.startswith("“hôm qua") and "ví dụ 09/11/2017" in said and len(said) < 150


def test_a_day_left_out_is_nothing_where_it_may_be():
    assert clean(forms.DayField(required=False), "  ") is None


def test_what_was_typed_as_a_day_comes_back_as_it_was_typed():
    assert 'value="31/02/2017"' in str(Handover({"day": "31/02/2017"})["day"])


def test_a_known_day_is_shown_the_way_people_write_it():
    assert 'value="09/11/2017"' in str(Handover(initial={"day": dt.date(2017, 11, 9)})["day"])


def test_text_is_stored_in_one_form_of_vietnamese_without_invisible_characters():
    typed = unicodedata.normalize("NFD", " Trảng Bom\x00\u200b\r\nxã Sông Trầu ")
    assert clean(forms.TextField(), typed) == unicodedata.normalize("NFC", "Trảng Bom\nxã Sông Trầu")


def test_text_of_nothing_but_invisible_characters_counts_as_not_written():
    assert complaint(forms.TextField(), "\x00 \u200b")


def test_a_megabyte_of_text_is_answered_with_a_sentence_that_counts():
    said = complaint(forms.TextField(max_length=4000), "a" * 1_000_000)
    assert "1.000.000" in said and "4.000" in said and "996.000" in said


def test_length_is_counted_in_letters_not_in_the_marks_of_decomposed_text():
    assert clean(forms.TextField(max_length=5), unicodedata.normalize("NFD", "Ệ" * 5)) == "Ệ" * 5


def test_the_browser_is_not_told_a_limit_at_which_it_would_cut_silently():
    assert "maxlength" not in str(Handover()["note"])


def test_what_was_typed_stays_when_something_else_is_wrong():
    page = str(Handover({"note": "Sen dị ứng hải sản", "needs": ["bed"]}))
    assert "Sen dị ứng hải sản" in page
    assert re.search(r'value="bed"[^>]*checked', page)


def test_optional_is_said_and_required_is_not_starred():
    page = str(Handover())
    assert page.count("(không bắt buộc)") == 2 and "*" not in page


def test_the_browser_leaves_checking_to_the_page():
    assert " required" not in str(Handover())


def test_hint_and_what_is_wrong_stand_above_the_field_and_are_read_with_it():
    field = str(Handover({"day": "31/02/2017"})["day"].as_field_group())
    assert field.index("Ngày/tháng/năm.") < field.index("không có trong lịch") < field.index("<input")
    assert 'aria-describedby="id_day_helptext id_day_error"' in field and 'aria-invalid="true"' in field


def test_choices_are_cards_under_one_question():
    page = str(Handover()["danger"].as_field_group())
    assert "<legend>Có nguy hiểm không?" in page
    assert page.count('class="option"') == 2 and page.count('type="radio"') == 2


def test_a_card_carries_its_drawing_and_its_explanation():
    page = str(Handover()["needs"].as_field_group())
    assert "icons.svg#bowl" in page and "Kể cả ban đêm." in page


def test_a_lone_checkbox_is_one_card_with_its_question_inside():
    page = str(Handover()["agreed"].as_field_group())
    assert page.count("Người ấy đồng ý") == 1 and 'class="option"' in page


def test_the_summary_of_errors_takes_the_focus_and_leads_to_every_field():
    page = str(Handover({"day": "31/02/2017"}))
    targets = re.findall(r'<a href="#([^"]+)"', page)
    assert "autofocus" in page and len(targets) == 3
    assert all(f'id="{target}"' in page for target in targets)


def test_a_form_not_sent_yet_has_no_summary_of_errors():
    assert "form-errors" not in str(Handover())


def test_each_missing_answer_says_what_to_do():
    errors = Handover({}).errors
    assert errors["danger"] == ["Chưa chọn câu trả lời."]
    assert errors["day"] == ["Ô này còn để trống."]
    assert errors["agreed"] == ["Chưa đánh dấu ô này."]


def test_a_field_may_say_in_its_own_words_what_is_missing():
    class Form(forms.Form):
        to = forms.ChoiceCards(choices=[("a", "A")], error_messages={"required": "Chọn nơi sẽ đón người này."})

    assert Form({}).errors["to"] == ["Chọn nơi sẽ đón người này."]


def test_what_a_verb_refuses_is_shown_at_its_field():
    form = Handover({"danger": "no", "day": "09/11/2017", "agreed": "on"})
    assert form.is_valid()
    form.refuse(Refused("Ngày này nằm sau hôm nay.", field="day"))
    assert form.errors == {"day": ["Ngày này nằm sau hôm nay."]}


def test_what_a_verb_refuses_for_no_field_of_the_form_is_shown_above_all_fields():
    form = Handover({"danger": "no", "day": "09/11/2017", "agreed": "on"})
    form.is_valid()
    form.refuse(Refused("Hồ sơ đã đóng.", field="stage"))
    assert form.non_field_errors() == ["Hồ sơ đã đóng."] and "<b>Hồ sơ đã đóng.</b>" in str(form)


def test_the_record_the_officer_saw_travels_unseen():
    form = Handover({"danger": "no", "day": "09/11/2017", "agreed": "on", "seen": "1240"})
    assert form.is_valid() and form.cleaned_data["seen"] == 1240
    assert '<input type="hidden" name="seen" value="1240"' in str(form)


def test_forms_of_packages_look_the_same():
    page = str(Plain())
    assert 'class="field"' in page and page.index("Sáu số.") < page.index("<input")


def test_what_people_type_is_never_markup():
    page = str(Handover({"note": "</textarea><script>1</script>", "day": "<b>"}))
    assert "<script>" not in page and "<b>" not in page.replace("<b></b>", "")


def every_form(base=forms.Form):
    """The form classes of the program, each once."""
    get_resolver().url_patterns  # noqa: B018, forms are declared where pages are
    for form in base.__subclasses__():
        if form.__module__.startswith("benan."):
            yield form
        yield from every_form(form)


def test_no_box_in_which_one_writes_offers_what_was_typed_before_or_sends_it_away():
    boxes = {
        (form.__name__, name): {**field.widget.attrs, **field.widget_attrs(field.widget)}
        for form in every_form()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, django_forms.TextInput | django_forms.Textarea)
    }
    assert len(boxes) > 60
    assert [name for name, told in boxes.items() if told.get("autocomplete") != "off" or "inputmode" not in told] == []
    written = [forms.TextField(), forms.TextField(rows=3)]
    assert [field.widget.attrs["spellcheck"] for field in written] == ["false", "false"]


def test_a_number_to_call_is_typed_with_the_keys_of_a_telephone():
    assert NumberForm.base_fields["phone"].widget.attrs["inputmode"] == "tel"
