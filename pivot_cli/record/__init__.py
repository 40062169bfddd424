"""A surgical change to one file's text: what is recorded of an action, in the lines that a careful person would type.

`recording.py` says what a record means for an action, and refuses what contradicts it; `surgery.py` changes the
text and makes sure that the file then says what was meant, and nothing else; `writing.py` gives files their bytes;
`filing.py` joins the steps, from what was typed to the new bytes of each file.
"""

from pivot_cli.record.filing import Filed, FiledFile, Held, file_record
from pivot_cli.record.recording import Recorded, Typed, command_line
from pivot_cli.record.surgery import Hunk

__all__ = ["Filed", "FiledFile", "Held", "Hunk", "Recorded", "Typed", "command_line", "file_record"]
