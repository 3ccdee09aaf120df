"""Macros and parts written out where a page uses them, at the moment a template is compiled.

Calling a macro costs Jinja as much as an indexed query costs the database, and a page calls hundreds; including a part
copies all that the page knows. Written out, neither is there when a page is asked for: what was constant at the call
(a label, a picture, an attribute that is not given) has become text, and tests of it are gone. So of

    {% macro icon(name, cls='') %}<i class="{{ name }}{% if cls %} {{ cls }}{% endif %}"></i>{% endmacro %}
    {{ icon('x') }} {{ icon(kind) }}

is compiled what this template would be, where no other template has the name `name__0`:

    <i class="x"></i> {% with name__0 = kind %}<i class="{{ name__0 }}"></i>{% endwith %}

`Inlining` finds the calls in a template, `Sources.written` writes one out, `Folding` (in `trees`) leaves out what is
never shown. A macro that is called within an expression, or that needs what only a real call has, stays a call: each
`raise CannotInline` says why. What this is worth, and costs, stands in docs/decisions/0038.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import cast

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

from webapp.web.trees import Around, Body, Folding, Joining, copied, names_in, without_unused_imports


@dataclass(slots=True)
class Source:
    """A template as it was parsed, and what the names on its top level mean."""

    name: str
    tree: nodes.Template
    macros: dict[str, nodes.Macro] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)
    constants: dict[str, nodes.Expr] = field(default_factory=dict)
    written: dict[str, Body] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.tree.body:
            if isinstance(node, nodes.Macro):
                self.macros[node.name] = node
            elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                self.constants[node.target.name] = cast(nodes.Expr, node.node)
        for found in self.tree.find_all(nodes.FromImport):
            if isinstance(found.template, nodes.Const) and not found.with_context:
                pairs = [one if isinstance(one, tuple) else (one, one) for one in found.names]
                self.imported |= {alias: (found.template.value, name) for name, alias in pairs}

    @property
    def has_only_macros(self) -> bool:
        """Whether nothing but its macros is of use, and these know nothing of a page."""
        return not any(isinstance(node, nodes.Output) and not _is_blank(node) for node in self.tree.body)

    @property
    def is_part(self) -> bool:
        """Whether it can stand within another template: it has no blocks of its own."""
        return self.tree.find(nodes.Extends) is None and self.tree.find(nodes.Block) is None


def _is_blank(node: nodes.Output) -> bool:
    return all(isinstance(one, nodes.TemplateData) and not one.data.strip() for one in node.nodes)


class CannotInline(Exception):
    """This one stays a call."""


class Inlining(NodeTransformer):
    """Writes macros and parts out in the template `source`."""

    def __init__(self, sources: "Sources", source: Source, within: Sequence[str] = ()) -> None:
        self.sources, self.source, self.within = sources, source, (*within, source.name)
        self.stored = names_in([source.tree], "store", "param")

    def visit_Output(self, node: nodes.Output) -> Body:
        """Words and values; a macro that is called among them is written out."""
        found: Body = []
        for child in node.nodes:
            written = self.call(child) if isinstance(child, nodes.Call) else None
            found += [nodes.Output([child], lineno=node.lineno)] if written is None else written
        return found

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.Node | Body:
        """A macro around a body."""
        self.generic_visit(node)
        written = None if node.args else self.call(node.call, node.body)
        return node if written is None else written

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """A part."""
        if not isinstance(node.template, nodes.Const) or not node.with_context or node.ignore_missing:
            return node
        part = self.sources.get(node.template.value)
        if not part.is_part or part.name in self.within:
            return node
        tree = copied(part.tree, {}, node.lineno)
        Inlining(self.sources, part, self.within).visit(tree)
        return nodes.With([], [], without_unused_imports(tree).body, lineno=node.lineno)

    def call(self, call: nodes.Call, body: Body | None = None) -> Body | None:
        """The macro that is called, written out; None where it stays a call."""
        macro = self.sources.macro(self.source, call.node.name) if isinstance(call.node, nodes.Name) else None
        if macro is None or call.dyn_args or call.dyn_kwargs:
            return None
        try:
            return self.sources.written(*macro, call, body, self.stored)
        except CannotInline:
            return None


class Sources:
    """The templates of one language, read once."""

    def __init__(self, environment: Environment, language: str, translated: NodeTransformer) -> None:
        self.environment, self.language, self.translated = environment, language, translated
        self.found: dict[str, Source] = {}
        self.numbers = count()
        self.context = nodes.EvalContext(environment, "page.html")

    def get(self, name: str) -> Source:
        """A template by its name."""
        if name not in self.found:
            whole = f"{self.language}/{name}"
            text, file, _ = self.environment.loader.get_source(self.environment, whole)  # type: ignore[union-attr]
            self.found[name] = Source(name, self.translated.visit(self.environment._parse(text, whole, file)))
        return self.found[name]

    def inlined(self, name: str, tree: nodes.Template) -> nodes.Template:
        """A template with its macros and parts written out."""
        Inlining(self, Source(name, tree)).visit(tree)
        Folding(self.context).visit(tree)
        Joining().visit(tree)
        without_unused_imports(tree).set_environment(self.environment)
        return tree

    def macro(self, source: Source, name: str) -> tuple[Source, nodes.Macro] | None:
        """The macro that a name means in a template, and where it comes from."""
        if name in source.macros:
            return source, source.macros[name]
        if name not in source.imported:
            return None
        file, original = source.imported[name]
        return self.macro(self.get(file), original)

    def written(
        self, source: Source, macro: nodes.Macro, call: nodes.Call, body: Body | None, stored: set[str]
    ) -> Body:
        """The body of a macro with the values of one call; raises CannotInline."""
        own = self.body(source, macro)
        inside = names_in(own, "store", "param")
        names: dict[str, nodes.Expr | str] = {}
        targets: list[nodes.Expr] = []
        values: list[nodes.Expr] = []
        for name, value in self.arguments(macro, call).items():
            if name not in inside and Folding(self.context).known(value):
                names[name] = value
                continue
            names[name] = self.new_name(name)
            targets.append(nodes.Name(names[name], "store", lineno=call.lineno))
            values.append(value)
        names |= {name: self.new_name(name) for name in inside - names.keys()}
        if stored & (names_in(own, "load") - names.keys()):
            raise CannotInline  # the page gives a meaning of its own to a name that the macro finds outside itself
        tree = nodes.With(targets, values, [copied(one, names, call.lineno) for one in own], lineno=call.lineno)
        Folding(self.context).generic_visit(tree)
        if ("caller" in names_in(tree.body, "load")) is (body is None):
            raise CannotInline  # a body that nobody asks for, or none where it is asked for: a call says what is wrong
        if body is not None:
            Around(body).generic_visit(tree)
        if "caller" in names_in(tree.body, "load"):
            raise CannotInline  # it does more with its body than to show it
        return [tree] if targets or inside else tree.body

    def arguments(self, macro: nodes.Macro, call: nodes.Call) -> dict[str, nodes.Expr]:
        """What a call gives for each parameter."""
        names = [one.name for one in macro.args]
        defaults = dict(zip(names[len(names) - len(macro.defaults) :], macro.defaults, strict=True))
        given = dict(zip(names, call.args, strict=False)) | {one.key: one.value for one in call.kwargs}
        if len(call.args) > len(names) or not given.keys() <= set(names) <= (given.keys() | defaults.keys()):
            raise CannotInline  # too much or too little is given: a call says so
        if names_in(defaults.values(), "load"):
            raise CannotInline  # a default that is worked out where the macro stands
        return defaults | given

    def body(self, source: Source, macro: nodes.Macro) -> Body:
        """The body of a macro, with the macros that it calls written out in turn and its constants filled in."""
        if macro.name not in source.written:
            source.written[macro.name] = []  # a macro that calls itself finds this, and stays a call
            tree = copied(macro, {}, macro.lineno)
            Inlining(self, source).generic_visit(tree)
            own = names_in([tree], "store", "param") | {"loop", "caller"}
            known = {name: self.constant(source, name) for name in names_in(tree.body, "load") - own}
            constants = {name: value for name, value in known.items() if value is not None}
            source.written[macro.name] = copied(tree, constants, macro.lineno).body
        if not source.written[macro.name]:
            raise CannotInline  # within itself, or empty
        return source.written[macro.name]

    def constant(self, source: Source, name: str) -> nodes.Expr | None:
        """What a name on the top level of a template stands for; None for what every template knows."""
        if name in source.macros or name in source.imported:
            raise CannotInline  # a macro that is handed on as a value
        if not source.has_only_macros or name not in source.constants:
            if source.has_only_macros and name not in self.environment.globals:
                raise CannotInline  # nobody knows it: a call says so
            return None
        value = Folding(self.context).visit(copied(source.constants[name], {}, 1))
        try:
            return nodes.Const.from_untrusted(value.as_const(self.context))
        except nodes.Impossible:
            raise CannotInline from None  # worked out anew at each request

    def new_name(self, name: str) -> str:
        """A name that no template has."""
        return f"{name}__{next(self.numbers)}"
