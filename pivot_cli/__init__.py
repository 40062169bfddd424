"""pivot: keeps an organisation's strategic plan alive, from plain YAML files."""

__version__ = "0.1.0"
