"""No room can keep a key that rotation and erasing do not know."""

import re

import pytest
from django.apps import apps
from django.db import models

from shuoshi.demo.loading import load_demo
from shuoshi.keys.rules.boxes import BOXES, declare
from tests.keys.house import with_a_photo
from tests.matters.house import NOW, build_house


# A key id, and what AES or SM4 in GCM make of 32 bytes: nonce, key, tag.
WRAPPED = re.compile(r"[a-z0-9]{1,16}\.[A-Za-z0-9_-]{80}")
DECLARED = {(boxes.name, boxes.key) for boxes in BOXES.values()}


def columns():
    return [
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("shuoshi.")
        for field in model._meta.fields
        if isinstance(field, (models.TextField, models.CharField, models.JSONField))
    ]


def test_a_column_that_is_called_like_a_key_is_declared():
    called = {
        (label, name)
        for label, name in columns()
        if re.search(r"(^|_)(key|box)$", name)
        and isinstance(apps.get_model(label)._meta.get_field(name), models.TextField)
    }

    assert called == DECLARED


@pytest.mark.django_db
def test_every_wrapped_key_in_the_whole_house_lies_where_it_was_declared():
    load_demo(now=NOW, most=1)
    with_a_photo(build_house("OTHER"))

    found = {
        (label, name)
        for label, name in columns()
        for value in apps.get_model(label)
        .objects.values_list(name, flat=True)
        .distinct()
        if isinstance(value, (str, dict, list)) and WRAPPED.search(str(value))
    }

    assert found <= DECLARED
    # What this house has rows of is found by its looks.
    assert {label for label, _name in found} >= {
        "files.Attachment",
        "matters.Matter",
        "matters.Speaker",
    }


def test_no_table_is_declared_twice():
    with pytest.raises(ValueError, match="declared twice"):
        declare(BOXES["matters.Matter"])
