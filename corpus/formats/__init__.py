"""The formats a source may come in; each module turns the bytes of one into lines of text."""
