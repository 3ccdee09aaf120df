"""Changing a template after it was parsed and before it is compiled."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TypeVar, cast

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

Body = list[nodes.Node]
N = TypeVar("N", bound=nodes.Node)
SAME_ALWAYS = ("static_url",)


def copied(node: N, names: Mapping[str, nodes.Expr | str], line: int) -> N:
    """A copy of a node, with names replaced by other names or by constants, as if it stood on one line."""
    if isinstance(node, nodes.Name) and node.name in names:
        new = names[node.name]
        return copied(new, {}, line) if isinstance(new, nodes.Expr) else nodes.Name(new, node.ctx, lineno=line)  # type: ignore[return-value]
    copy = object.__new__(type(node))
    copy.environment, copy.lineno = node.environment, line
    for name, value in node.iter_fields():
        if isinstance(value, list):
            value = [copied(one, names, line) if isinstance(one, nodes.Node) else one for one in value]
        elif isinstance(value, nodes.Node):
            value = copied(value, names, line)
        setattr(copy, name, value)
    return copy


def names_in(body: Iterable[nodes.Node], *ways: str) -> set[str]:
    """The names that are loaded, stored or taken as a parameter in a body."""
    return {name.name for node in body for name in _all(node, nodes.Name) if name.ctx in ways}


def _all(node: nodes.Node, kind: type[N]) -> Iterator[N]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)


class Folding(NodeTransformer):
    """Leaves out what is never shown: the other side of a test whose outcome is known."""

    def __init__(self, context: nodes.EvalContext) -> None:
        self.context = context

    def known(self, node: nodes.Node) -> bool:
        """Whether the outcome of an expression is known."""
        try:
            self.value(node)
        except nodes.Impossible:
            return False
        return True

    def value(self, node: nodes.Node) -> Any:
        """What is known of an expression; raises Impossible."""
        return cast(nodes.Expr, node).as_const(self.context)

    def visit_If(self, node: nodes.If) -> nodes.Node | Body:
        """A test and those after it: only those of which the outcome is not known, and what then follows."""
        if node.find(nodes.Block):
            return node
        open_tests: list[nodes.If] = []
        last = node.else_
        for one in (node, *node.elif_):
            one.test = self.visit(one.test)
            if not self.known(one.test):
                open_tests.append(one)
            elif self.value(one.test):
                last = one.body
                break
        for one in open_tests:
            one.body = self.each(one.body)
        if not open_tests:
            return self.each(last)
        first, *rest = open_tests
        return nodes.If(first.test, first.body, rest, self.each(last), lineno=node.lineno)

    def each(self, body: Body) -> Body:
        """What is left of a body."""
        return [left for one in body for left in self.visit_list(one)]

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:
        """The same within an expression."""
        self.generic_visit(node)
        if not self.known(node.test):
            return node
        chosen = node.expr1 if self.value(node.test) else node.expr2
        return node if chosen is None else chosen

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """What a constant table says about a constant."""
        self.generic_visit(node)
        says = self.says(node.node)
        if says is None or node.kwargs or not all(map(self.known, node.args)):
            return node
        return nodes.Const(says(*map(self.value, node.args)), lineno=node.lineno)

    def says(self, asked: nodes.Node) -> Callable[..., Any] | None:
        """What answers a call, where the answer is the same at every request."""
        if isinstance(asked, nodes.Getattr) and isinstance(asked.node, nodes.Const) and asked.attr == "get":
            return cast(dict[Any, Any], asked.node.value).get
        if isinstance(asked, nodes.Name) and asked.name in SAME_ALWAYS:
            return cast(Callable[..., Any], self.context.environment.globals[asked.name])
        return None


class Joining(NodeTransformer):
    """Makes one output of those that follow each other, so that their constant parts become one text."""

    def generic_visit(self, node: nodes.Node, *args: Any, **options: Any) -> nodes.Node:
        """Any node that has a body."""
        super().generic_visit(node, *args, **options)
        for name, value in node.iter_fields():
            if isinstance(value, list) and any(isinstance(one, nodes.Output) for one in value):
                setattr(node, name, list(_joined(value)))
        return node


def _joined(body: Body) -> Iterator[nodes.Node]:
    for is_output, some in groupby(body, key=lambda node: isinstance(node, nodes.Output)):
        first, *others = some
        if is_output:
            first = cast(nodes.Output, first)
            first.nodes = [*first.nodes, *(child for one in others for child in cast(nodes.Output, one).nodes)]
            yield first
        else:
            yield from (first, *others)


class Around(NodeTransformer):
    """Puts the body of a call where the macro says `caller()`."""

    def __init__(self, inner: Body) -> None:
        self.inner = inner

    def visit_Output(self, node: nodes.Output) -> Body:
        """Words and values."""
        found: Body = []
        for child in node.nodes:
            if isinstance(child, nodes.Call) and isinstance(child.node, nodes.Name) and child.node.name == "caller":
                found += [copied(one, {}, one.lineno) for one in self.inner]
            else:
                found.append(nodes.Output([child], lineno=node.lineno))
        return found


def without_unused_imports(tree: nodes.Template) -> nodes.Template:
    """The same without the imports of which nothing is left to call."""
    used = names_in([tree], "load")
    for found in list(tree.find_all(nodes.FromImport)):
        if not found.with_context:
            found.names = [one for one in found.names if (one[1] if isinstance(one, tuple) else one) in used]
    tree.body = [one for one in tree.body if not isinstance(one, nodes.FromImport) or one.names]
    return tree
