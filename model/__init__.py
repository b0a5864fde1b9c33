"""A capsule network and all that can be done with it. Knows nothing of HTTP."""
