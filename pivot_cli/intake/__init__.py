"""What the document of an organisation holds → a plan: rows with their levels; the plan's files, and what is to be
asked and told of them.
"""
