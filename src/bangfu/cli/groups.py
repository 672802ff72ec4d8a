"""Groups of households by a coded field of the register, with the words of its codes."""

import polars as pl

from bangfu.analysis.frames import Frames
from bangfu.kernel.errors.parameters import ParameterUnknown
from bangfu.kernel.texts import Text
from bangfu.params import Parameters

FIELD = Text(zh="分组字段", en="field to group by")
NOT_RECORDED = Text(zh="不详", en="unknown")


def coded_groups(frames: Frames, parameters: Parameters, programme: str, by: str) -> pl.DataFrame:
    """Return the code of a field for every household of a snapshot, with its words.

    by       a coded field of households
    Returns  `household`, `group` (the code, null where nothing is recorded), `zh` and `en`
    Raises   ParameterUnknown for any other field
    """
    fields = parameters.fields["household"]
    coded = {name for name, field in fields.items() if field.type == "code"} & {*frames.households.columns}
    if by not in coded:
        raise ParameterUnknown(programme=programme, kind=FIELD, name=by, known=", ".join(sorted(coded)))
    entries = parameters.code_lists[str(fields[by].codes)].entries
    words = pl.DataFrame(
        {
            "group": [each.number for each in entries],
            "zh": [each.label.zh for each in entries],
            "en": [each.label.en for each in entries],
        },
        schema={"group": frames.households.schema[by], "zh": pl.String, "en": pl.String},
    )
    told = frames.households.select("household", group=by).join(words, on="group", how="left")
    return told.with_columns(pl.col("zh").fill_null(NOT_RECORDED.zh), pl.col("en").fill_null(NOT_RECORDED.en))
