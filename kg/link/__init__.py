"""The gazetteer, and which mentions are one thing."""
