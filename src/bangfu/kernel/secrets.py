"""Secrets: values that no log, error or page may show, and the keys that seal them.

Exact look-up of an identity number uses a keyed digest; everything else is sealed with AES-GCM
bound to its place (table, column, row), so that a ciphertext moved elsewhere does not open.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Generic, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bangfu.kernel.errors.evidence import SealBroken
from bangfu.kernel.errors.settings import KeyFileMissing

T = TypeVar("T")

KEY_BYTES: Final = 32
INDEX_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_SUITE: Final = b"\x01"  # AES-256-GCM with HMAC-SHA256; another suite takes another number


class Secret(Generic[T]):
    """A value whose text, representation and format are always three stars."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def open(self) -> T:
        """Return the value; only a serialiser that was granted its class may call this."""
        return self._value

    def __str__(self) -> str:
        return "***"

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        return "***"

    def __reduce__(self) -> str:
        raise TypeError("a secret is not pickled")


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one installation, each for one purpose and derived from one root.

    index   digests of identity numbers and phones for look-up
    seal    encryption of sensitive fields and staged files
    commit  commitments of rows in the audit chain
    """

    index: bytes
    seal: bytes
    commit: bytes

    @classmethod
    def from_root(cls, root: bytes) -> "Keys":
        """Derive the keys from a root of 32 bytes."""
        assert len(root) == KEY_BYTES

        def derived(purpose: str) -> bytes:
            return hmac.digest(root, b"bangfu/1/" + purpose.encode(), "sha256")

        return cls(index=derived("index"), seal=derived("seal"), commit=derived("commit"))

    @classmethod
    def read(cls, path: Path) -> "Keys":
        """Read the root key from a file of 64 hexadecimal digits; raises KeyFileMissing."""
        try:
            root = bytes.fromhex(path.read_text(encoding="ascii").strip())
        except (OSError, ValueError):
            raise KeyFileMissing(path=path) from None
        if len(root) != KEY_BYTES:
            raise KeyFileMissing(path=path)
        return cls.from_root(root)

    @staticmethod
    def create(path: Path) -> None:
        """Write a new random root key, readable by its owner alone; an existing file is kept."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        except FileExistsError:
            return
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(os.urandom(KEY_BYTES).hex() + "\n")
            file.flush()
            os.fsync(file.fileno())

    def digest(self, text: str) -> bytes:
        """Return the 16-byte keyed digest by which an exact value is looked up."""
        return hmac.digest(self.index, text.encode(), "sha256")[:INDEX_BYTES]

    def commitment(self, row: bytes) -> bytes:
        """Return the 32-byte keyed commitment of one row's canonical bytes."""
        return hashlib.blake2b(row, key=self.commit, digest_size=32).digest()

    def commitments(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """Return the commitment of each row; faster than one by one, since the key is absorbed once."""
        keyed = hashlib.blake2b(key=self.commit, digest_size=32)
        for row in rows:
            one = keyed.copy()
            one.update(row)
            yield one.digest()

    def encrypt(self, plain: bytes | memoryview, context: str) -> bytes:
        """Seal bytes so that they open only under the same context (table|column|row)."""
        nonce = os.urandom(_NONCE_BYTES)
        return _SUITE + nonce + AESGCM(self.seal).encrypt(nonce, plain, context.encode())

    def decrypt(self, sealed: bytes, context: str) -> bytes:
        """Open sealed bytes; raises SealBroken when altered, moved or under another key."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            if sealed[:1] != _SUITE:
                raise InvalidTag
            return AESGCM(self.seal).decrypt(nonce, body, context.encode())
        except (InvalidTag, ValueError):
            raise SealBroken(context=context) from None
