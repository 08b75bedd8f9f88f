import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuoshi.trail.rules.merkle import Tree, inclusion_proof, leaf_hash, proves, root_of


LEAVES = [bytes([number]) * number for number in range(40)]


def by_definition(leaves):
    """The root as RFC 6962 defines it, top down."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    both = by_definition(leaves[:half]) + by_definition(leaves[half:])
    return hashlib.sha256(b"\1" + both).digest()


@pytest.mark.parametrize("size", range(len(LEAVES)))
def test_root_is_the_one_of_the_definition(size):
    assert root_of(iter(LEAVES[:size])) == by_definition(LEAVES[:size])


def test_a_tree_tells_its_root_while_it_grows():
    tree = Tree()

    for size, leaf in enumerate(LEAVES):
        assert (tree.leaves, tree.root()) == (size, by_definition(LEAVES[:size]))
        tree.add(leaf)


@pytest.mark.parametrize("size", range(1, len(LEAVES)))
def test_every_leaf_can_be_proved(size):
    leaves = LEAVES[:size]

    for index, leaf in enumerate(leaves):
        path = inclusion_proof(iter(leaves), index)
        assert len(path) <= (size - 1).bit_length()
        assert proves(leaf, index=index, leaves=size, path=path, root=root_of(leaves))


@given(data=st.data(), leaves=st.lists(st.binary(max_size=4), min_size=1, max_size=50))
def test_nothing_else_is_proved(data, leaves):
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(max_size=4).filter(lambda leaf: leaf != leaves[index]))
    path, root = inclusion_proof(leaves, index), root_of(leaves)
    claim = {"index": index, "leaves": len(leaves), "path": path, "root": root}

    assert proves(leaves[index], **claim)
    assert not proves(other, **claim)
    assert not proves(leaves[index], **claim | {"index": len(leaves)})
    assert not proves(leaves[index], **claim | {"index": -1})
    assert not proves(leaves[index], **claim | {"path": [*path, b"x" * 32]})
    assert not proves(leaves[index], **claim | {"root": leaf_hash(root)})
    if path:
        assert not proves(leaves[index], **claim | {"path": path[:-1]})
        assert not proves(leaves[index], **claim | {"path": [b"x" * 32, *path[1:]]})


def test_a_node_cannot_pass_for_a_leaf():
    two = [b"a", b"b"]

    assert root_of([leaf_hash(b"a") + leaf_hash(b"b")]) != root_of(two)
