"""Money: whole fen inside, yuan and wan yuan (万元) where people read."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

FEN_PER_YUAN: Final = 100
FEN_PER_WAN: Final = 1_000_000


def yuan(fen: int) -> str:
    """Return an amount of fen as yuan with two decimals and thousands separators: 1,234.56."""
    return f"{Decimal(fen) / FEN_PER_YUAN:,.2f}"


def fen_per_head(fen: int, members: int) -> int:
    """Return fen per head, rounded half up, for showing only; rules compare products instead."""
    return int((Decimal(fen) / members).quantize(Decimal(1), rounding=ROUND_HALF_UP))
