"""What the documents say: everything computed, as plain values that a template only has to lay out.

`values.py` holds the values that several documents share, `listing.py` makes them from a portrait; then one module
a document, of the same name, with the value that its template receives and the `build` that makes it from a
`Request`. The names of these values are what a template may use: they are French, and the sentence under each is its
documentation (`templates/LISEZMOI.md`).
"""
