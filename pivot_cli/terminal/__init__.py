"""The screens: what each command shows in a terminal, at a width.

`page.py` holds the mechanics (lines, columns, cutting at words), `phrases.py` what several screens say in the
same words, then one module a screen. Nothing here prints, reads a clock or knows of files.
"""
