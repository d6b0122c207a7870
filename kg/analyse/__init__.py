"""Analysis of the merged graph with networkx."""
