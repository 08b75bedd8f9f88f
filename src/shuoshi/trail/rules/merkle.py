"""Merkle trees as in RFC 6962: one root for many leaves, a short proof for each."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf. The prefix keeps leaves and nodes apart."""
    return hashlib.sha256(b"\0" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf and remembers one hash for each level."""

    def __init__(self) -> None:
        """Begin with no leaf."""
        self.leaves = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add a leaf at the right."""
        node = leaf_hash(leaf)
        # Each trailing one of the count is a full subtree waiting for its twin.
        full = self.leaves
        while full & 1:
            node = node_hash(self._peaks.pop(), node)
            full >>= 1
        self._peaks.append(node)
        self.leaves += 1

    def root(self) -> bytes:
        """Return the hash over all leaves so far."""
        if not self._peaks:
            return hashlib.sha256(b"").digest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = node_hash(peak, node)
        return node


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the leaves, read one by one."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_proof(leaves: Iterable[bytes], index: int) -> list[bytes]:
    """
    Return the hashes that lead from one leaf to the root, the lowest first.

    Reads the leaves one by one and remembers one small tree for each level.
    """
    twins: defaultdict[int, Tree] = defaultdict(Tree)
    for place, leaf in enumerate(leaves):
        if place != index:
            # The highest bit in which the places differ is the level they meet at.
            twins[(place ^ index).bit_length()].add(leaf)
    return [twins[level].root() for level in sorted(twins)]


def proves(
    leaf: bytes, *, index: int, leaves: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Tell whether the path leads from the leaf at its place to the root."""
    if not 0 <= index < leaves:
        return False
    node, last, rest = leaf_hash(leaf), leaves - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not rest:
                return False
            twin = rest.pop(0)
            node = node_hash(twin, node) if index % 2 else node_hash(node, twin)
        index, last = index // 2, last // 2
    return not rest and node == root
