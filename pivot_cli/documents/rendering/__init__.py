"""What fills a template: Jinja (`filling.py`), Markdown (`markdown.py`), Word (`word.py`), and faults in French."""
