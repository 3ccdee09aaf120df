"""Compiled templates are kept: used while all they were made from is the same, never instead of something newer."""

import pytest
from jinja2 import DictLoader, Environment

from webapp.web import compiled
from webapp.web.compiled import Kept


def shown(kept: Kept, source: str) -> str:
    environment = Environment(loader=DictLoader({"page.html": source}), bytecode_cache=kept, autoescape=True)
    return environment.get_template("page.html").render()


@pytest.fixture
def kept(tmp_path):
    return Kept(tmp_path / "compiled")


def test_a_template_is_compiled_once(kept, monkeypatch):
    assert shown(kept, "Dag") == "Dag"
    monkeypatch.setattr(Environment, "compile", None)  # nobody may ask for it again
    assert shown(kept, "Dag") == "Dag"


def test_a_change_of_its_source_or_of_what_it_is_made_with_compiles_it_anew(kept, monkeypatch):
    assert shown(kept, "Dag") == "Dag"
    assert shown(kept, "Hallo") == "Hallo"
    asked = []
    monkeypatch.setattr(Environment, "compile", lambda *_: asked.append(1) or compile("", "page", "exec"))
    kept.fingerprint = "another catalogue"
    with pytest.raises(KeyError):  # nothing was written in the stand-in
        shown(kept, "Hallo")
    assert asked == [1]


def test_the_fingerprint_knows_templates_words_files_and_the_code_that_writes_them_out(tmp_path, monkeypatch):
    monkeypatch.setattr(compiled, "APPLICATION", tmp_path)
    seen = {Kept().fingerprint}
    made_from = ("macros/box.html", "nl/LC_MESSAGES/messages.mo", "inlining.py", "dist/manifest.json")
    for folder, name in zip(("templates", "translations", "web", "static"), made_from, strict=True):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True)
        for words in ("one", "two"):
            path.write_text(words)
            seen.add(Kept().fingerprint)
    assert len(seen) == 9


def test_a_folder_that_may_not_be_written_costs_nothing_but_time(tmp_path):
    assert shown(Kept(tmp_path / "nowhere" / "compiled"), "Dag") == "Dag"
