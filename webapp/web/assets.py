"""The static build: many small source files in, a few hashed files out.

`webapp/static/css/*.css` become one `app.css`, `webapp/static/vendor/htmx*.js` and `webapp/static/js/*.js`
one `app.js`; everything else (fonts, icons, images) is copied. Each file carries the first ten digits of its
SHA-256 in its name, so that a browser may keep it for ever, and text has a Brotli and a gzip copy beside it.
The same sources always give the same files. Nothing here needs Node or the web framework.
"""

import contextlib
import gzip
import hashlib
import json
import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli

STATIC = Path(__file__).resolve().parent.parent / "static"
DIST = STATIC / "dist"

_MANIFEST = "manifest.json"
_BUNDLED = {"css", "js", "vendor"}
_NOTES = {".md", ".txt"}
_TEXT = {".css", ".js", ".svg", ".json", ".webmanifest"}
_CSS_STRING_OR_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/""", re.DOTALL)
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+?)["']?\s*\)""")
_HASHED_NAME = re.compile(r"\.[0-9a-f]{10}\.")


class NotBuilt(RuntimeError):
    """The static files are not those of this version, and whoever runs this may not make them."""


class MissingAsset(LookupError):
    """A page or a stylesheet names a static file that does not exist."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which hashed file stands for which name, for example `app.css` -> `app.1a2b3c4d5e.css`."""

    files: Mapping[str, str]
    source: str
    """Fingerprint of the sources (and of this builder) that the files were made from."""

    def __getitem__(self, name: str) -> str:
        """The path, relative to the target folder, of the file called `name` in the sources."""
        try:
            return self.files[name]
        except KeyError:
            raise MissingAsset(f"there is no static file called {name!r}") from None


def build(source: Path = STATIC, target: Path = DIST) -> Manifest:
    """Make `target` anew from `source` and say what is in it. Readers of `target` never see half a build."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".build-", dir=target.parent))
    try:
        manifest = _fill(fresh, source)
        fresh.chmod(0o755)
        _put_in_place(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def load(target: Path = DIST) -> Manifest:
    """The manifest of an earlier build; `MissingAsset` when nothing was built yet."""
    try:
        stored = json.loads((target / _MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        raise MissingAsset(f"nothing was built in {target}") from None
    return Manifest(files=stored["files"], source=stored["source"])


def is_stale(source: Path = STATIC, target: Path = DIST) -> bool:
    """Whether `target` is missing or was made from other sources than those in `source` now."""
    try:
        return load(target).source != _fingerprint(source)
    except MissingAsset:
        return True


def is_hashed(path: str) -> bool:
    """Whether a file name carries its content hash, so that it may be cached for ever."""
    return _HASHED_NAME.search(path) is not None


def _fill(fresh: Path, source: Path) -> Manifest:
    files = {name: _write(fresh, name, (source / name).read_bytes()) for name in _copied(source)}
    files["app.css"] = _write(fresh, "app.css", _stylesheet(source, files).encode())
    files["app.js"] = _write(fresh, "app.js", _script(source).encode())
    manifest = Manifest(files=dict(sorted(files.items())), source=_fingerprint(source))
    content = {"source": manifest.source, "files": manifest.files}
    (fresh / _MANIFEST).write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    return manifest


def _write(folder: Path, name: str, content: bytes) -> str:
    """Store `content` under its hashed name, with compressed copies when it is text."""
    digest = hashlib.sha256(content).hexdigest()[:10]
    stem, suffix = posixpath.splitext(name)
    hashed = f"{stem}.{digest}{suffix}"
    path = folder / hashed
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if suffix in _TEXT:
        Path(f"{path}.br").write_bytes(brotli.compress(content, quality=11))
        Path(f"{path}.gz").write_bytes(gzip.compress(content, compresslevel=9, mtime=0))
    return hashed


def _stylesheet(source: Path, files: Mapping[str, str]) -> str:
    """All stylesheets in name order, lightly minified, their addresses pointing at the hashed files."""

    def hashed(found: re.Match[str]) -> str:
        address, mark, fragment = found[1].partition("#")
        if not address or ":" in address:
            return found[0]
        name = posixpath.normpath(posixpath.join("css", address))
        if name not in files:
            raise MissingAsset(f"a stylesheet names {address!r}, which is not among the static files")
        return f"url({files[name]}{mark}{fragment})"

    sheets = (path.read_text("utf-8") for path in _in_name_order(source, "css/*.css"))
    return "\n".join(_CSS_URL.sub(hashed, _without_css_comments(sheet)) for sheet in sheets) + "\n"


def _without_css_comments(sheet: str) -> str:
    bare = _CSS_STRING_OR_COMMENT.sub(lambda found: found[1] or "", sheet)
    return _without_blank_space(bare.splitlines())


def _script(source: Path) -> str:
    """htmx first, then our behaviours, each in a function of its own: nothing becomes global, and one that fails
    does not take the others along.

    One file on purpose: htmx starts as soon as it has run, so whatever must be there at that moment has to
    travel with it.
    """
    vendored = [path.read_text("utf-8") + ";" for path in _in_name_order(source, "vendor/htmx*.js")]
    own = [
        f'try{{(()=>{{"use strict";\n{_without_js_comments(path.read_text("utf-8"))}\n}})()}}catch(e){{reportError(e)}}'
        for path in _in_name_order(source, "js/*.js")
    ]
    return "\n".join([*vendored, *own]) + "\n"


def _without_js_comments(script: str) -> str:
    """Drop lines that hold only a comment. Our scripts keep comments on lines of their own, and have no
    template literal that runs over several lines."""
    kept, inside = [], False
    for line in script.splitlines():
        text = line.strip()
        if inside or text.startswith("/*"):
            inside = not text.endswith("*/")
        elif not text.startswith("//"):
            kept.append(text)
    return _without_blank_space(kept)


def _without_blank_space(lines: Iterable[str]) -> str:
    return "\n".join(text for line in lines if (text := line.strip()))


def _copied(source: Path) -> Iterator[str]:
    """Names of the files that are served as they are."""
    for path in _sources(source):
        name = path.relative_to(source)
        if name.parts[0] not in _BUNDLED and path.suffix not in _NOTES:
            yield name.as_posix()


def _sources(source: Path) -> Iterator[Path]:
    """Every source file in a fixed order. Builds and hidden folders are not entered: they may vanish meanwhile."""
    for folder, subfolders, names in os.walk(source):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name != DIST.name)
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith("."))


def _in_name_order(source: Path, pattern: str) -> list[Path]:
    return sorted(source.glob(pattern), key=lambda path: path.name)


def _fingerprint(source: Path) -> str:
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in _sources(source):
        digest.update(path.relative_to(source).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _put_in_place(fresh: Path, target: Path) -> None:
    """Rename the finished build to `target`. A build that another process puts there meanwhile gives way."""
    for _ in range(5):
        old = Path(f"{fresh}-old")
        with contextlib.suppress(FileNotFoundError):
            os.rename(target, old)
        try:
            os.rename(fresh, target)
            return
        except OSError:
            continue
        finally:
            shutil.rmtree(old, ignore_errors=True)
    raise OSError(f"could not put the static files in place in {target}")
