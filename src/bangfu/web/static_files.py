"""Static files: under names with their digest once they are gathered, so that browsers may keep them for good."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """The gathered files; before they are gathered each keeps its plain name."""

    def stored_name(self, name: str) -> str:
        """Return the name with its digest, or the plain one where no file was gathered."""
        return super().stored_name(name) if self.hashed_files else name
