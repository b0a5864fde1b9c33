"""What can be set from outside: by environment variables that begin with CAPSNET_, or by `capsnet serve`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from model.device import Choice
from model.explaining.measurements import SHIPPED_MEASURED
from model.zoo.checkpoint import SHIPPED_WEIGHTS


def _normal_prefix(prefix: object) -> object:
    """A prefix however its slashes were typed, with one before it and none behind."""
    inner = str(prefix).strip("/")
    return f"/{inner}" if inner else ""


Prefix = Annotated[str, BeforeValidator(_normal_prefix), Field(pattern="^$|^(/[^/?#]+)+$")]


def _host_names(names: str) -> str:
    """The names between the commas, as they were given. Refuses what is no name of a host."""
    for name in filter(None, map(str.strip, names.split(","))):
        if not _is_host(name):
            raise PydanticCustomError(
                "no_host_name", "“{name}” is no name of a host, such as a.example or a.example:8000", {"name": name}
            )
    return names


def _is_host(name: str) -> bool:
    """Whether this is a name or an address, perhaps with a port: no scheme, no path."""
    if any(mark in name for mark in "/?#@") or any(mark.isspace() for mark in name):
        return False
    try:
        parts = urlsplit(f"//{name}")
        return bool((parts.hostname or "").strip(".")) and (parts.port is not None or not name.endswith(":"))
    except ValueError:  # an open bracket, a port that is no number
        return False


HostNames = Annotated[str, AfterValidator(_host_names)]


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
    public_url: str = Field(default="", pattern="^$|/$")  # where visitors reach the page; previews of links need it
    source_url: str = ""  # where the code can be read; every page links to it
    root_path: Prefix = ""  # under which a proxy shows the site; found whether or not the proxy takes it away
    allowed_hosts: HostNames = ""  # names, separated by commas; `server.web.names` says what holds without any
    # Sites that may show the page in a frame, separated by spaces, as a policy's frame-ancestors takes them.
    frame_ancestors: str = Field(default="'self'", pattern=r"^[^\s;,]+( [^\s;,]+)*$")
    reload_assets: bool = False  # for work on static/ and templates/: read edited files again with the next visit
