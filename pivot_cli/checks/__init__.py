"""What must hold in a plan, across it, and between two of them.

One rule, one generator under `@rule(code, gravity, title)`, its docstring its explanation (`rule.py`). Those of a plan
are in `references.py` (PIV2xx: who and what is named), `deadlines.py` (PIV3xx: échéances) and `coherence.py` (PIV4xx:
what is recorded), and judge a `Subject`; those of an edit in `edits.py` (PIV5xx), and judge an `Edition`. What the
reader holds by itself (PIV0xx, PIV1xx) is explained in `reading.txt`; `catalogue.py` has them all.
"""
