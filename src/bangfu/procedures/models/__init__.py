"""Tables of procedures."""

from bangfu.procedures.models.approval import Approval

__all__ = ["Approval"]
