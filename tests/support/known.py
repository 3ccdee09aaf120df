"""What was looked at and found good: once for all processes of a run, and for the runs after it."""

from hashlib import blake2b
from pathlib import Path

SIZE = 16


class Known:
    """Digests in a file that only grows; another way of looking begins another file.

    Each is written at once and whole, so processes that add at the same time do not disturb each other.
    """

    def __init__(self, folder: Path, *ways: str) -> None:
        self._file = folder / blake2b("\n".join(ways).encode(), digest_size=SIZE).hexdigest()
        self._digests: set[bytes] = set()
        self._read = 0

    def __contains__(self, digest: bytes) -> bool:
        if digest not in self._digests:
            self._catch_up()
        return digest in self._digests

    def add(self, digest: bytes) -> None:
        """Remember one digest of `SIZE` bytes."""
        with self._file.open("ab") as file:
            file.write(digest)

    def _catch_up(self) -> None:
        """Read what others found since we looked; the last one may still be on its way."""
        try:
            with self._file.open("rb") as file:
                file.seek(self._read)
                more = file.read()
        except FileNotFoundError:
            return
        whole = len(more) - len(more) % SIZE
        self._digests.update(more[at : at + SIZE] for at in range(0, whole, SIZE))
        self._read += whole
