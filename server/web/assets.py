"""The files of static/, read and compressed once, each under its own name and under a name with its hash."""

from __future__ import annotations

import gzip
import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response

# Said here and not left to the machine's registry, which may call a script text/plain.
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_UNKNOWN = "application/octet-stream"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"  # keep it, but ask each time whether it is still the same

_COMPRESSED = {".css", ".html", ".ico", ".js", ".json", ".svg"}
_HASH_LENGTH = 12  # hex digits
# A comment with its lines to itself, from /** to */, as JSDoc stands in our scripts.
_JSDOC = re.compile(r"^[ \t]*/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*$", re.MULTILINE)
_CSS_URL = re.compile(r"""url\(\s*(["']?)([^"')?#:]+)([?#][^"')]*)?\1\s*\)""")


@dataclass(frozen=True)
class Stored:
    """A body in memory, compressed once where that makes it smaller."""

    body: bytes
    gzipped: bytes | None
    media_type: str
    digest: str  # the first hex digits of the body's SHA-256

    @classmethod
    def of(cls, body: bytes, suffix: str) -> Stored:
        """Store a body as a file with this suffix, which decides its type."""
        small = gzip.compress(body, compresslevel=9, mtime=0) if suffix in _COMPRESSED else body
        digest = hashlib.sha256(body).hexdigest()[:_HASH_LENGTH]
        return cls(body, small if len(small) < len(body) else None, MEDIA_TYPES.get(suffix, _UNKNOWN), digest)

    def answer(self, asked: Headers, headers: Mapping[str, str]) -> Response:
        """The body with these headers, compressed if the client reads that; 304 if the client has the body already."""
        etag = f'W/"{self.digest}"'
        headers = {**headers, "ETag": etag, "Vary": "Accept-Encoding"}
        if headers["Cache-Control"] == FOREVER:
            del headers["ETag"]  # nobody asks again, and a page has two hundred of these
        if etag in (known.strip() for known in asked.get("if-none-match", "").split(",")):
            return Response(status_code=304, headers=headers)
        headers["Content-Type"] = self.media_type
        if self.gzipped is not None and "gzip" in asked.get("accept-encoding", ""):
            return Response(self.gzipped, headers=headers | {"Content-Encoding": "gzip"})
        return Response(self.body, headers=headers)


class Assets:
    """All files of a folder. A file is known by its path in the folder, with forward slashes: "js/shell/store.js".

    Under its hashed name a script comes without its JSDoc, a third of its bytes. Its lines keep their numbers, and its
    plain name gives the whole of it.
    """

    def __init__(self, folder: Path) -> None:
        """Read the folder, without files whose name begins with a dot. Raises OSError where that fails."""
        self._whole: dict[str, Stored] = {}
        self._kept: dict[str, Stored] = {}  # as they come under their hashed names
        self._names: dict[str, str] = {}  # by hashed name
        paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
        for path in sorted(paths, key=lambda path: path.suffix == ".css"):  # a sheet names files, which come first
            self._add(path.relative_to(folder).as_posix(), path.read_bytes())

    def __contains__(self, name: str) -> bool:
        return name in self._whole

    def names(self, suffix: str) -> list[str]:
        """The names of the files that end like this, sorted."""
        return sorted(name for name in self._whole if name.endswith(suffix))

    def text(self, name: str) -> str:
        """A text file as it comes under its hashed name. Raises KeyError where there is none."""
        return self._kept[name].body.decode()

    def hashed(self, name: str) -> str:
        """The name with the hash of the content: "js/shell/store.0123456789ab.js". Raises KeyError."""
        stem, suffix = posixpath.splitext(name)
        return f"{stem}.{self._kept[name].digest}{suffix}"

    def build(self) -> str:
        """What changes with every script: a page that bears another one is of another version of the site."""
        names = "\n".join(self.hashed(name) for name in self.names(".js"))
        return hashlib.sha256(names.encode()).hexdigest()[:_HASH_LENGTH]

    def answer(self, name: str, asked: Headers) -> Response | None:
        """A file under its plain name, to be asked for again, or under its hashed name, to be kept; None if unknown."""
        if plain := self._names.get(name):
            return self._kept[plain].answer(asked, {"Cache-Control": FOREVER})
        if stored := self._whole.get(name):
            return stored.answer(asked, {"Cache-Control": ASK_AGAIN})
        return None

    def _add(self, name: str, body: bytes) -> None:
        suffix = posixpath.splitext(name)[1]
        if suffix == ".css":
            body = self._with_hashed_urls(body.decode(), posixpath.dirname(name)).encode()
        self._whole[name] = self._kept[name] = Stored.of(body, suffix)
        if suffix == ".js":
            self._kept[name] = Stored.of(_without_jsdoc(body.decode()).encode(), suffix)
        self._names[self.hashed(name)] = name

    def _with_hashed_urls(self, sheet: str, folder: str) -> str:
        """A style sheet of this folder that names other files by their hashed names, where they are ours."""

        def hashed(match: re.Match[str]) -> str:
            quote, address, rest = match[1], match[2].strip(), match[3] or ""
            name = posixpath.normpath(posixpath.join(folder, address))
            if name not in self._whole:
                return match[0]
            beside = posixpath.join(posixpath.dirname(address), posixpath.basename(self.hashed(name)))
            return f"url({quote}{beside}{rest}{quote})"

        return _CSS_URL.sub(hashed, sheet)


def _without_jsdoc(script: str) -> str:
    """The script with empty lines in place of its JSDoc."""
    return _JSDOC.sub(lambda comment: "\n" * comment[0].count("\n"), script)
