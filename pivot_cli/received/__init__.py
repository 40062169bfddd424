"""The files that people send, of whatever program → tables of cells and paragraphs, each with its place there."""
