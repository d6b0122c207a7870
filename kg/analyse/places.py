"""Names of what an analysis writes into an output folder."""

REPORT = "report.html"
"""The report."""
TABLES_FOLDER = "analysis"
"""Folder of tables, graph files and pictures."""
