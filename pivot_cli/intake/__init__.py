"""The document of an organisation → a plan: tables of cells, each with its place; rows with their levels; the plan's
files, and what is to be asked and told of them.
"""
