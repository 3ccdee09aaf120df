"""Templates that are compiled once per language: a sentence without values is looked up then, not at every request.

Jinja asks for a translation at every rendering. Brug has two languages and forty sentences around each page, so each
template exists once per language, under a name such as "nl/today/today.html". Whoever asks for "today/today.html"
gets it in the language of the page; a template it extends, includes or imports comes in the same language.
"""

from collections.abc import Callable, Iterable, MutableMapping
from types import FunctionType
from typing import Any, cast

from flask import Flask
from flask.templating import Environment as FlaskEnvironment
from jinja2 import BaseLoader, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer

from webapp.web.compiled import Kept
from webapp.web.i18n import LANGUAGES, catalogue, language_now
from webapp.web.inlining import Sources
from webapp.web.writing import written

SAYS = ("_", "gettext")


class Translation(NodeTransformer):
    """Replaces sentences to translate by their translation."""

    def __init__(self, language: str) -> None:
        self.words = catalogue(language)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """A call of `_` with a sentence: the text itself, or the text with its values to be filled in."""
        self.generic_visit(node)
        sentence = _sentence(node)
        if sentence is None:
            return node
        text = self.words.ugettext(sentence)
        values = [nodes.Pair(nodes.Const(value.key), value.value) for value in node.kwargs]
        if not values:
            return nodes.TemplateData(text % {}, lineno=node.lineno)
        return nodes.Mod(nodes.TemplateData(text), nodes.Dict(values), lineno=node.lineno)


def _sentence(node: nodes.Call) -> str | None:
    """The sentence that a call asks to translate, when it is written out there."""
    asks = isinstance(node.node, nodes.Name) and node.node.name in SAYS and not node.dyn_kwargs
    if asks and len(node.args) == 1 and isinstance(node.args[0], nodes.Const):
        return str(node.args[0].value)
    return None


class Generator(CodeGenerator):
    """Writes the Python of a template in the language that its name begins with."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The whole template."""
        language, _, name = (self.name or "").partition("/")
        if language in LANGUAGES:
            sources = cast(Environment, self.environment).sources(language)
            node = sources.inlined(name, Translation(language).visit(node))
        self.writeline(f"from {written.__module__} import {written.__name__}")
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """A body. That of a block is gathered and given away as one text: Jinja would hand each piece of a page on
        through the block, the template and those that it extends."""
        if not frame.block_frame or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """A loop. What it asks of the page is looked for once, before it begins: Jinja would look at every turn."""
        around = frame.inner()
        for name in sorted(_asked_in(node)):
            around.symbols.load(name)
        self.enter_frame(around)
        super().visit_For(node, around)
        self.leave_frame(around)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        """What goes before a value on a page."""
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{written.__name__}(")

    def visit_Call(self, node: nodes.Call, frame: Frame, **options: Any) -> None:  # type: ignore[override]
        """A call; straight, where Jinja would ask at every request what the function wants to know."""
        if not _asks_nothing(node.node) or options:
            super().visit_Call(node, frame, **options)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        for stars, rest in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if rest is not None:
                self.write(stars)
                self.visit(rest, frame)
                self.write(", ")
        self.write(")")


def _asked_in(loop: nodes.For) -> set[str]:
    """The names that a loop reads and gives no meaning of its own; none for a loop that imports."""
    if any(loop.find_all((nodes.Import, nodes.FromImport))):
        return set()
    named = {(each.name, each.ctx) for each in loop.find_all(nodes.Name)}
    named |= {(each.name, "store") for each in loop.find_all(nodes.Macro)} | {("loop", "store")}
    return {name for name, use in named if use == "load"} - {name for name, use in named if use != "load"}


def _asks_nothing(called: nodes.Expr) -> bool:
    """Whether a function needs to know nothing of the page: those below, and what belongs to a thing (`x.items()`)."""
    return isinstance(called, nodes.Getattr) or (isinstance(called, nodes.Name) and called.name in ASK_NOTHING)


ASK_NOTHING = ("url_for", "allows", "may", "static_url", "csrf_token", "messages", "viaduct", "options")
"""Functions that need to know nothing of the page that calls them."""


class QuickContext(Context):
    """What a page knows; calls macros and functions straight away."""

    def call(self, called: Callable[..., Any], /, *args: Any, **options: Any) -> Any:
        """What `called` answers. Jinja looks in several places whether it asks for the context; a function that does
        is marked, and a macro never does."""
        kind = type(called)
        if kind is Macro:
            args = (self.eval_ctx, *args)
        elif kind is not FunctionType or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **options)
        options.pop("_block_vars", None)
        options.pop("_loop_vars", None)
        return called(*args, **options)


class Compiled(Template):
    """A template whose macros are made once."""

    def _get_default_module(self, ctx: Any = None) -> Any:
        # Jinja compares the globals of both templates at every import; here every template has the same.
        return super()._get_default_module()


class Environment(FlaskEnvironment):
    """Jinja as Flask sets it up, with every template in each language."""

    code_generator_class = Generator
    template_class = Compiled
    context_class = QuickContext

    def __init__(self, app: Any, **options: Any) -> None:
        super().__init__(app, **options)
        self._sources: dict[str, Sources] = {}

    def sources(self, language: str) -> Sources:
        """The templates of one language as they were written."""
        if language not in self._sources:
            self._sources[language] = Sources(self, language, Translation(language))
        return self._sources[language]

    def forget(self) -> None:
        """Compile every template anew when it is next asked for."""
        self._sources.clear()
        if self.cache:
            self.cache.clear()

    def make_globals(self, globals: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template may use; none of ours has more of its own, so it is no chain of two."""
        return self.globals if not globals else super().make_globals(globals)

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        """The template in the language of `parent`, or of the page."""
        if isinstance(name, Template):
            return name
        language = (parent or "").partition("/")[0]
        return super().get_template(f"{language if language in LANGUAGES else language_now()}/{name}", None, globals)


class EachLanguage(BaseLoader):
    """Finds a template as another loader does, under its name with a language before it."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Any, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The source, the same for each language."""
        return self.loader.get_source(environment, template.partition("/")[2])

    def list_templates(self) -> list[str]:
        """Every template in every language."""
        return [f"{language}/{name}" for language in LANGUAGES for name in self.loader.list_templates()]


def init_app(app: Flask) -> None:
    """Let the templates be found in each language; goes before whatever else sets Jinja up."""
    app.jinja_environment = Environment
    app.jinja_options = {"cache_size": -1}
    app.jinja_env.loader = EachLanguage(app.create_global_jinja_loader())
    app.jinja_env.bytecode_cache = Kept()
