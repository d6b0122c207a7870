"""The graph as a self-contained HTML page, and as GraphML and CSV files."""
