"""策引 (Ceyin): policy answers with clause citations.

The packages below live at the top of the repository (``corpus/``, ``indexes/``, ``assistant/``, ``ui/``,
``evals/``) and are linked here, so that they are ``ceyin.corpus`` and so on both in development and in
the wheel, and nothing named ``ui`` or ``evals`` lands in site-packages.
"""

__version__ = "0.1.0"
