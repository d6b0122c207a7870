"""Identity across articles: which entities of different articles are one person, body, event or treaty."""
