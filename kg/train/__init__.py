"""Training of pipelines; needs the extra ``trf``."""
