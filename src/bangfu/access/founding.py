"""The installation itself, which acts once: before there is any person."""

from dataclasses import dataclass

from bangfu.kernel.actors import Can


@dataclass(frozen=True, slots=True)
class Founder:
    """Who writes the first entries of a home; has no grant and may do nothing that asks for one."""

    person_id: int = 0
    name: str = "installation"

    def may(self, permission: Can, place: int) -> bool:  # noqa: ARG002  the protocol's arguments
        """Tell that the installation holds no right."""
        return False
