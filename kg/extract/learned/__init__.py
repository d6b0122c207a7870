"""The trained reader: what a network over encoder and rules adds to the rules."""
