"""The web page: pure functions from contract objects to HTML, and the Gradio blocks that show them."""

import os

# Before anything imports gradio: the argument of Blocks alone does not stop its look-ups.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
