"""Arrays read where they lie on disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def mapped(path: Path, kind: type[np.generic]) -> NDArray[Any]:
    """A file of plain numbers; pages are read when touched. OSError or ValueError where it is not whole."""
    if path.stat().st_size == 0:  # which the system will not map
        return np.zeros(0, dtype=kind)
    return np.memmap(path, dtype=kind, mode="r").view(np.ndarray)  # a slice of a memmap costs ten of an array
