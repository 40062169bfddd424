"""A surgical change to one file's text: what is recorded of an action, in the lines that a careful person would type.

`recording.py` says what a record means for an action, and refuses what contradicts it; `surgery.py` changes the
text and makes sure that the file then says what was meant, and nothing else; `writing.py` gives files their bytes;
`filing.py` joins the steps, from what was typed to the new bytes of each file. `meetings.py` does the same for a
meeting.
"""
