"""What can be set from outside: by environment variables that begin with CAPSNET_, or by `capsnet serve`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from model.checkpoint import SHIPPED_WEIGHTS
from model.device import Choice
from model.measurements import SHIPPED_MEASURED


class Settings(BaseSettings):
    """One server's settings. `CAPSNET_PORT=9000` sets `port`."""

    model_config = SettingsConfigDict(env_prefix="CAPSNET_", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)  # 0 takes any free port
    device: Choice = "auto"
    default_model: str = "mnist-drawn"
    weights_dir: Path = SHIPPED_WEIGHTS  # every NAME.json in it is a model to serve
    measured_dir: Path = SHIPPED_MEASURED  # what was measured of them: NAME.iterations.json and the like
    queue_size: int = Field(default=32, ge=1)  # network calls that wait or run; one more is answered 503
    retry_after: int = Field(default=1, ge=1)  # seconds, what a 503 tells the client
    max_body_bytes: int = Field(default=4 * 1024 * 1024, ge=1)
    max_picture_side: int = Field(default=1024, ge=1)  # pixels
