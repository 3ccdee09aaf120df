"""Compiled templates, kept beside the application: no visitor waits for one to be compiled, no process holds sources.

Compiling all of them takes seconds, because what a page uses is written out in it and each is there in every language.
`flask build` does it once. What was compiled from other templates, words, files or code is compiled anew.
"""

import contextlib
import hashlib
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

APPLICATION = Path(__file__).resolve().parent.parent
FOLDER = APPLICATION / "compiled"
SOURCES = ("templates/**/*.html", "translations/*/LC_MESSAGES/*.mo", "web/*.py", "static/dist/manifest.json")
"""The names of static files are written out too; the manifest of their build holds them."""


class Kept(FileSystemBytecodeCache):
    """What was compiled, one file for each template in each language."""

    def __init__(self, folder: Path = FOLDER) -> None:
        super().__init__(str(folder))

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that a compiled template is made from: with inlining, that is more than its own source."""
        digest = hashlib.sha256(jinja2.__version__.encode())
        for pattern in SOURCES:
            for path in sorted(APPLICATION.glob(pattern)):
                digest.update(path.relative_to(APPLICATION).as_posix().encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()

    def get_source_checksum(self, source: str) -> str:
        """What a kept template must have been made from to be used."""
        return hashlib.sha256((self.fingerprint + source).encode()).hexdigest()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it; where the application may not write to its own folder, the next process compiles it again."""
        with contextlib.suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True)
            super().dump_bytecode(bucket)


def compile_all(environment: jinja2.Environment) -> None:
    """Compile and keep every template; those that are good stay as they are."""
    for each in environment.list_templates():
        language, _, name = each.partition("/")
        environment.get_template(name, parent=f"{language}/")
