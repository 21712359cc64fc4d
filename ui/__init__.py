"""Being asked: command line, HTTP API and page."""
