"""Articles written for this project with their annotations, and the tools that compile and count them."""
