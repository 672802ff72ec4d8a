"""Who acts without being a person of the house: the installation, and whoever comes to the public door."""

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


@dataclass(frozen=True, slots=True)
class Visitor(Founder):
    """Somebody without an account, at the public door (来访人); holds no right either."""

    name: str = "public"
