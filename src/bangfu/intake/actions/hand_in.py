"""Hand in files, ask for an approved batch to be applied, for an applied one to be undone: each as a job."""

from collections.abc import Sequence

from django.db import transaction

from bangfu.access.acting import ActingPerson
from bangfu.access.scope import scope_required
from bangfu.intake.actions.approving import check_approval, check_undoing
from bangfu.intake.models import Batch
from bangfu.intake.queries import batch_named
from bangfu.intake.uploads import HandedFile, check_files, drop_files, keep_files, kept_files
from bangfu.kernel.actors import Can
from bangfu.kernel.errors.inputs import UploadGone
from bangfu.kernel.errors.register import BatchAltered
from bangfu.kernel.home import Home
from bangfu.places.queries import common_place
from bangfu.work.actions.start_job import start_job
from bangfu.work.models import Job


def hand_in(*, by: ActingPerson, files: Sequence[HandedFile], home: Home) -> Job:
    """Keep files that came over a page and have them staged (上传).

    by      needs the right to stage imports somewhere
    Raises  NotPermitted, NothingToImport, TooManyFiles, FileEmpty, FileTooLarge
    """
    place = _desk(by)
    check_files(files)
    upload = keep_files(files, home)
    try:
        return start_job(
            by=by, kind="import.stage", request={"upload": upload}, subject=f"upload {upload}", place=place
        )
    except BaseException:
        drop_files(upload, home)
        raise


@transaction.atomic
def stage_again(*, by: ActingPerson, batch: Batch, home: Home) -> Job:
    """Have the files of a batch read again with the columns as they are known now (按更正的列重新读取).

    Raises NotPermitted, UploadGone when the files were removed meanwhile
    """
    place = _desk(by)
    assert batch.maker_id == by.person_id
    if not kept_files(batch.upload, home):
        raise UploadGone
    request = {"upload": batch.upload, "replaces": batch.pk}
    return start_job(by=by, kind="import.stage", request=request, subject=f"upload {batch.upload}", place=place)


@transaction.atomic
def approve_batch(*, by: ActingPerson, number: int, seen: str) -> Job:
    """Approve a batch as a second person and have it applied (审批入库).

    seen    digest of the difference that the person looked at
    Raises  BatchNotFound, BatchNotWaiting, NotPermitted, OwnWork, BatchAltered
    """
    batch = batch_named(number, lock=True)
    check_approval(by, batch)
    if seen != batch.content_hash:
        raise BatchAltered(batch=number)
    return start_job(
        by=by, kind="import.apply", request={"batch": number}, subject=f"batch {number}", place=batch.place
    )


@transaction.atomic
def ask_undo(*, by: ActingPerson, number: int) -> Job:
    """Have an applied batch undone (撤销入库); raises BatchNotFound, BatchNotWaiting, NotPermitted."""
    batch = batch_named(number, lock=True)
    check_undoing(by, batch)
    return start_job(by=by, kind="import.undo", request={"batch": number}, subject=f"batch {number}", place=batch.place)


def _desk(by: ActingPerson) -> int:
    return common_place([root for root in scope_required(by, Can.STAGE_IMPORT).roots if root])
