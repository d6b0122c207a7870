"""A SPARQL 1.1 endpoint over a built graph, with the page and a form for the shipped questions.

:mod:`kg.serve.app` is a plain WSGI application, so that any WSGI server can run it;
:mod:`kg.serve.server` runs it on the standard library's own, which needs no further dependency and is
enough for one's own machine and for a reverse proxy in front. Queries are answered by processes of
their own (:mod:`kg.serve.pool`): that is the only way to end one that takes too long, and a query that
brings its process down does no harm to the server.
"""
