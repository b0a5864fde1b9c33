"""From the JSON of interventions to those that a model takes."""

from __future__ import annotations

from pydantic import ValidationError

from model.network.config import CapsNetConfig
from model.network.interventions import ContradictionError, Interventions, RandomCouplings
from model.predictor import NamedLogit, NothingLeftError, interventions_for
from server.web import schemas
from server.web.bodies import JSON, Body
from server.web.errors import InvalidError, TooLargeError, UnsupportedTypeError, as_api_error

# Every capsule of the paper's network named one by one takes 6 KB. Checked before anything is parsed.
MOST_BYTES = 64 * 1024


def read_interventions(content: bytes, config: CapsNetConfig) -> Interventions:
    """The interventions of a JSON text, in a network of these sizes.

    Raises TooLargeError, UndecodableError or InvalidError.
    """
    if len(content) > MOST_BYTES:
        raise TooLargeError("interventions_too_large", f"The interventions exceed {MOST_BYTES} bytes.")
    try:
        return interventions_of(schemas.Interventions.model_validate_json(content), config)
    except ValidationError as error:
        raise as_api_error(error) from None


def interventions_of_part(part: Body | None, config: CapsNetConfig) -> Interventions | None:
    """The interventions of a part of a form, if it has that part.

    Raises UnsupportedTypeError, and what `read_interventions` does.
    """
    if part is None:
        return None
    if part.media_type not in ("", JSON):
        raise UnsupportedTypeError("unsupported_type", f"The interventions' content type must be {JSON}.")
    return read_interventions(part.content, config)


def interventions_of(wanted: schemas.Interventions, config: CapsNetConfig) -> Interventions:
    """What is wanted, in a network of these sizes.

    Raises InvalidError for what the network does not have, where no capsule is left to vote, and where the couplings
    contradict each other.
    """
    _check_counts(wanted, config)
    try:
        return interventions_for(
            config,
            capsules=wanted.silence.capsules,
            types=wanted.silence.types,
            positions=wanted.silence.positions,
            couplings=[(row.capsule, row.label, row.coupling) for row in wanted.couplings],
            logits=[NamedLogit(row.label, row.logit, row.capsule, row.type) for row in wanted.logits],
            uniform=wanted.uniform,
            random=None if wanted.random is None else RandomCouplings(wanted.random.seed, wanted.random.spread),
        )
    except ContradictionError as error:
        raise InvalidError("contradiction", f"interventions: {error}.") from None
    except NothingLeftError as error:
        raise InvalidError("all_silenced", f"interventions: {error}.") from None
    except (ValueError, IndexError) as error:
        raise InvalidError("out_of_range", f"interventions: {error}.") from None


def _check_counts(wanted: schemas.Interventions, config: CapsNetConfig) -> None:
    """No list names more than there is. Raises InvalidError."""
    capsules = config.primary_count
    most = {
        "silence.capsules": (len(wanted.silence.capsules), capsules),
        "silence.types": (len(wanted.silence.types), config.primary_types),
        "silence.positions": (len(wanted.silence.positions), config.grid_size**2),
        "couplings": (len(wanted.couplings), capsules),
        "logits": (len(wanted.logits), capsules),
    }
    for name, (rows, limit) in most.items():
        if rows > limit:
            raise InvalidError("wrong_shape", f"interventions.{name}: This model takes at most {limit} of them.")
