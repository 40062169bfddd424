"""What each file of the plan may hold: one table of fields, from which texts become typed values and findings.

`kinds.py` says how values, lists and mappings are read, `fields.py` is the table. A field is a line of that table and
an attribute of the model.
"""
