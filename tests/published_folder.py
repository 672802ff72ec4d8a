"""Where published tables and figures lie: beside the checkout, never in it, or where BANGFU_REFERENCE_DATA says."""

import os
from pathlib import Path

FOLDER = Path(os.environ.get("BANGFU_REFERENCE_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
FIGURES = FOLDER / "reference_values.json"
