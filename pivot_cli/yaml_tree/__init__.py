"""Bytes → positioned tree of a YAML file, with limits enforced and every fault placed and said in French."""

from pivot_cli.yaml_tree.nodes import Mapping, Node, Scalar, Sequence
from pivot_cli.yaml_tree.reader import MAX_FILE_BYTES, Tree, read_tree

__all__ = ["MAX_FILE_BYTES", "Mapping", "Node", "Scalar", "Sequence", "Tree", "read_tree"]
