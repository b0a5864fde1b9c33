"""The rooms of the site. A room is one document under a path of its own.

A new room needs its template, its script, its figures and one row here. The route, the navigation, the title and
description, the style sheets, the preloads and the tests of links all follow from the row.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """One room.

    `path` begins with a slash. `template` lies below templates/, `script` below static/js/. `figures` are names of
    templates/figures/NAME.html, in the order in which they stand below each other. A figure may have a style sheet
    static/css/figures/NAME.css, and a room static/css/rooms/NAME.css.
    """

    name: str
    path: str
    title: str
    sentence: str  # what a visitor sees here; also the description for search engines
    template: str
    script: str
    figures: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The site's root as seen from the room's document: "./" for "/" and "/overlap", "../" for "/a/b"."""
        return "../" * (self.path.count("/") - 1) or "./"


ROOMS = (
    Room(
        name="explore",
        path="/",
        title="Explore",
        sentence="Draw a digit, watch a real capsule network route its parts to a whole, "
        "and turn the dials of a capsule.",
        template="rooms/explore.html",
        script="rooms/explore.js",
        figures=(
            "wholes",
            "votes",
            "procedure",
            "squash",
            "curves",
            "how-many",
            "does-routing-matter",
            "matrices",
            "tamper",
            "perturbations",
            "masks",
            "between",
            "reading",
        ),
    ),
    Room(
        name="overlap",
        path="/overlap",
        title="Overlap",
        sentence="Lay two digits over each other, and see a capsule network take them apart: it names both, draws each "
        "alone, and tells which stroke belongs to which.",
        template="rooms/overlap.html",
        script="rooms/overlap.js",
        figures=(
            "owners",
            "absent",
            "sweep",
            "overlap-study",
            "one-digit",
            "wholes",
            "votes",
            "procedure",
            "curves",
            "matrices",
        ),
    ),
    Room(
        name="viewpoint",
        path="/viewpoint",
        title="Viewpoint",
        sentence="Turn, shift or stretch a digit, and see what becomes of a capsule and of a CNN with max pooling: "
        "which numbers stay, and which move.",
        template="rooms/viewpoint.html",
        script="rooms/viewpoint.js",
        figures=("path", "turn-back", "pooling", "pieces", "how-far", "affine", "fewer-digits", "frame"),
    ),
)
