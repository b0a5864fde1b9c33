"""The version of the installed package."""

from __future__ import annotations

import importlib.metadata


def version() -> str:
    """As pyproject.toml states it, or "unknown" where the checkout runs without having been installed."""
    try:
        return importlib.metadata.version("capsnet-explorer")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
