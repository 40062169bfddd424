"""The screens: what each command shows in a terminal, at a width.

`page.py` holds the mechanics (lines, columns, cutting at words), `blocks.py` what several screens lay out
in the same way, then one module a screen. Nothing here prints, reads a clock or knows of files.
"""
