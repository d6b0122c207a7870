"""The spaCy pipeline: tokeniser, working layer, loading and running."""
