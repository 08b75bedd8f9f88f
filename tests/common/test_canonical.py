import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.common.canonical import canonical


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@given(plain)
def test_canonical_comes_back_as_it_was(value):
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(texts, st.integers()))
def test_canonical_does_not_depend_on_the_order_of_keys(value):
    turned = dict(reversed(value.items()))

    assert canonical(turned) == canonical(value)


def test_canonical_is_written_tight_and_in_its_own_script():
    assert (
        canonical({"乙": [1, None], "a": True}) == '{"a":true,"乙":[1,null]}'.encode()
    )


@pytest.mark.parametrize("value", [0.5, (1,), {1: 2}, {"a": {1}}, b"", [object()]])
def test_canonical_refuses_what_a_database_gives_back_otherwise(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", ["\0", ["a\0"], {"\0": 1}, "\udc80"])
def test_canonical_refuses_text_that_cannot_be_kept(value):
    with pytest.raises(ValueError, match=r"NUL|surrogates"):
        canonical(value)
