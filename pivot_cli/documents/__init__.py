"""Documents: what each says, as plain values, and the templates that lay them out.

One module a document (`complet.py`, `sommaire.py`, `bilan.py`, `agenda/`), with the value that its template receives
and the `build` that makes it from a request; `registry.py` names them. `values.py` holds the values that several
share, `listing.py` makes them from a portrait. The names of these values are what a template may use: they are French,
and the sentence beside each is its documentation (`templates/LISEZMOI.md`).

`rendering/` fills the templates: the text of `complet.html` is found in the organisation's own `templates/` first, then
in the ones that come with the program.
"""
