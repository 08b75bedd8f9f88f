"""Every form comes out with the house's markup."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from shuoshi.common.widgets import FilesField
from tests.common.looks.invented import EverythingForm


class PhotosForm(forms.Form):
    photos = FilesField(label="照片", required=False, most=2)


class NeededForm(forms.Form):
    photos = FilesField(label="照片")


def photos(*names, content=b"x"):
    files = [SimpleUploadedFile(name, content) for name in names]
    return MultiValueDict({"photos": files})


def test_form_wires_help_and_error_to_the_control():
    shown = str(EverythingForm({"title": ""}))

    assert '<p class="help" id="id_title_helptext">一句话说清楚。</p>' in shown
    assert 'id="id_title_error"' in shown
    assert 'aria-describedby="id_title_helptext id_title_error"' in shown
    assert 'aria-invalid="true"' in shown


def test_form_says_what_is_wrong_once_on_top():
    assert str(EverythingForm({})).count('role="alert"') == 1
    assert 'role="alert"' not in str(EverythingForm())


def test_form_marks_what_must_be_filled():
    shown = str(EverythingForm())

    assert '<label for="id_title">什么事<span class="must">必填</span></label>' in shown
    assert '<label for="id_text">详细经过</label>' in shown


def test_choices_stand_under_one_legend():
    shown = str(EverythingForm()["kind"].as_field_group())

    assert shown.startswith("<fieldset")
    assert shown.count('<div class="choices"') == 1
    assert shown.count('type="radio"') == 4


def test_cards_explain_each_choice():
    shown = str(EverythingForm()["identity"])

    assert "<b>匿名</b><small>不留任何个人信息，凭16位回执号查进度。</small>" in shown


def test_form_escapes_what_was_typed():
    shown = str(EverythingForm({"title": '"><script>alert(1)</script>'}))

    assert "<script>" not in shown


@pytest.mark.parametrize("names", [(), ("a.jpg",), ("a.jpg", "b.jpg")])
def test_files_clean_to_a_list(names):
    form = PhotosForm({}, photos(*names))

    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["photos"]] == list(names)


@pytest.mark.parametrize(
    ("form", "word"),
    [
        (PhotosForm({}, photos("a", "b", "c")), "最多选 2 个"),
        (PhotosForm({}, photos("a", content=b"")), ""),
        (NeededForm({}, photos()), ""),
    ],
)
def test_files_refuse_too_many_empty_and_none(form, word):
    assert not form.is_valid()
    assert word in form.errors["photos"][0]
