"""Knowledge tables and their loaders: the tables are data, the loaders check and type them."""
