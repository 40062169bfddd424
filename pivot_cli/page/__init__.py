"""The local page, `pivot open`: the plan to consult in a browser, on this computer only.

`serving.py` listens on the loopback until it is told to stop, and `running.py` finds the page that already does;
`site.py` answers a request: `guard.py` says whether it may be answered, a view finds what is shown (`first.py`,
`listing.py`, `sheets.py`, `meetings.py`, `papers.py`), and a template of `gabarits/` lays it out (`filling.py`).
`desk.py` is the plan as it is on the disk at each request; `visit.py`, what a view is given and what it gives back.

What is recorded is a form of `FORMS` (`forms.py`): `clerk.py` takes it, shows the lines that it changes, and has
`recorder.py` write them and keep them in git.

The clock, the plan's folder and its history are given by the command: nothing here knows them otherwise.
"""
