"""Composing: the conclusion first, then conditions, then what the text says; each sentence with its clause."""

from ceyin.assistant.compose.draft import Compared, Draft, Material
from ceyin.assistant.compose.extracting import covers
from ceyin.assistant.compose.select import bare, compose, without_figures

__all__ = ["Compared", "Draft", "Material", "bare", "compose", "covers", "without_figures"]
