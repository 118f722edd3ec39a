"""What a page of Streamlit shows, kept from its messages as the browser keeps it, and what its widgets hold.

The rules are those of Streamlit 1.67's own frontend (`AppRoot`, `ClearStaleNodeVisitor`,
`WidgetStateManager`), read from the scripts that it ships.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.proto.Block_pb2 import Block
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.NumberInput_pb2 import NumberInput
from streamlit.proto.Slider_pb2 import Slider
from streamlit.proto.WidgetStates_pb2 import WidgetState

_ESCAPED = re.compile(r"\\(?=[^\w\s])")
_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)
_ROOTS = 4  # main, sidebar, event (dialogs and toasts) and bottom: the first number of every path

_TEXT: dict[str, tuple[str, ...]] = {
    "alert": ("title", "body"),
    "bidi_component": ("json", "html_content"),
    "button": ("label", "help"),
    "chat_input": ("placeholder",),
    "checkbox": ("label", "help"),
    "code": ("code_text",),
    "date_input": ("label", "help"),
    "download_button": ("label", "help"),
    "exception": ("type", "message"),
    "file_uploader": ("label", "help"),
    "heading": ("body", "help"),
    "html": ("body",),
    "json": ("body",),
    "link_button": ("label", "help", "url"),
    "markdown": ("body", "help"),
    "menu_button": ("label", "options", "help"),
    "metric": ("label", "body", "delta", "help"),
    "multiselect": ("label", "options", "help"),
    "number_input": ("label", "help"),
    "page_link": ("label", "help"),
    "plotly_chart": ("spec",),
    "progress": ("text",),
    "radio": ("label", "options", "captions", "help"),
    "selectbox": ("label", "options", "placeholder", "help"),
    "slider": ("label", "options", "help"),
    "text": ("body", "help"),
    "text_area": ("label", "placeholder", "help"),
    "text_input": ("label", "placeholder", "help"),
    "time_input": ("label", "help"),
    "toast": ("body",),
}
_BOX_TEXT = {
    "expandable": "label",
    "tab": "label",
    "popover": "label",
    "dialog": "title",
    "chat_message": "name",
}


def said(text: str) -> str:
    """Return Markdown as it is read: without escapes and without the stars of bold type."""
    return _ESCAPED.sub("", text.replace("**", ""))


@dataclass(frozen=True)
class Shown:
    """An element on the screen: its kind (the name of its field in `Element`) and what it was sent as."""

    kind: str
    sent: Any
    fragment: str

    @property
    def id(self) -> str:
        """The id that a widget's state goes under; empty for what is no widget."""
        return str(getattr(self.sent, "id", ""))

    @property
    def key(self) -> str | None:
        """The key that the page gave the widget, or None."""
        parts = self.id.split("-", maxsplit=2)
        return parts[2] if len(parts) == 3 and parts[2] != "None" else None

    @property
    def label(self) -> str:
        """The label as it is read; a component's is its name."""
        if self.kind == "bidi_component":
            return str(self.sent.component_name)
        return said(getattr(self.sent, "label", ""))

    @property
    def options(self) -> list[str]:
        """The options as they are sent back, in order."""
        if self.kind == "button_group":
            return [f"{option.content_icon} {option.content}".strip() for option in self.sent.options]
        return list(getattr(self.sent, "options", ()))

    @property
    def disabled(self) -> bool:
        """Whether a browser would let nobody use it."""
        return bool(getattr(self.sent, "disabled", False))

    @property
    def form(self) -> str:
        """The id of the form that it stands in, or an empty text."""
        return str(getattr(self.sent, "form_id", ""))

    @property
    def quiet(self) -> bool:
        """Whether a change of it is sent only with the next run (`on_change="ignore"`)."""
        return bool(getattr(self.sent, "ignore_rerun", False))

    def texts(self) -> list[str]:
        """Return every text of it that can be seen, read or opened, as it was sent."""
        if self.kind in ("dataframe", "table"):
            return _cells(self.sent.arrow_data.data)
        if self.kind == "imgs":
            return [text for image in self.sent.imgs for text in (image.caption, image.alt) if text]
        if self.kind == "button_group":
            return [self.sent.label, *self.options]
        found: list[str] = []
        for name in _TEXT.get(self.kind, ()):
            value = getattr(self.sent, name)
            found.extend([value] if isinstance(value, str) else value)
        if self.kind == "html":
            found = [_STYLE.sub("", text) for text in found]
        return [text for text in found if text.strip()]


def _cells(data: bytes) -> list[str]:
    if not data:
        return []
    table = convert_arrow_bytes_to_pandas_df(data)
    return [*map(str, table.columns), *(str(value) for row in table.to_numpy() for value in row)]


@dataclass(slots=True)
class _Leaf:
    element: Element
    run: str
    fragment: str
    script: str


@dataclass(slots=True)
class _Box:
    block: Block
    run: str
    fragment: str
    script: str
    children: list[_Leaf | _Box] = field(default_factory=list)


class Screen:
    """The tree of elements, as it stands after every message so far."""

    def __init__(self) -> None:
        self._roots = [_Box(Block(), "", "", "") for _ in range(_ROOTS)]

    def show(self, delta: Delta, path: Iterable[int], run: str, script: str) -> None:
        """Put an element or a container at a path.

        Raises:
            LookupError: there is no such path, which a browser would report as a bad message.
        """
        first, *between, last = path
        box = self._roots[first]
        box.run = run
        for index in between:
            inner = box.children[index]
            if not isinstance(inner, _Box):
                raise LookupError(f"An element stands at {index} of a path, where a container should.")
            box, box.run = inner, run
        if last > len(box.children):
            raise LookupError(f"Place {last} of a container that holds {len(box.children)}.")
        before = box.children[last] if last < len(box.children) else None
        node: _Leaf | _Box
        kind = delta.WhichOneof("type")
        if kind == "add_block":
            node = _Box(delta.add_block, run, delta.fragment_id, script)
            if isinstance(before, _Box) and _same_box(before.block, delta.add_block):
                node.children = before.children
        elif kind == "new_element":
            node = _Leaf(delta.new_element, run, delta.fragment_id, script)
        elif before is not None:
            return  # a spinner over what stands there already
        else:
            node = _Leaf(Element(), run, delta.fragment_id, script)
        box.children[last : last + 1] = [node]

    def leave_page(self, main_script: str) -> None:
        """Take away what the page wrote, and keep what the script round all pages wrote."""
        for root in self._roots:
            root.children = _of_script(root.children, main_script)

    def settle(self, run: str, fragments: Iterable[str]) -> None:
        """Take away what a finished run did not write again; a fragment's run answers for itself only."""
        mine = frozenset(fragments)
        for root in self._roots:
            if not mine and root.run != run:
                root.children = []
            root.children = [child for child in root.children if _stays(child, run, mine, inside=False)]
            root.run = run

    def __iter__(self) -> Iterator[Shown]:
        """Go through the elements in the order of the page: main, sidebar, dialogs and toasts, bottom."""
        for node in self._walk():
            if isinstance(node, _Leaf) and (kind := node.element.WhichOneof("type")):
                yield Shown(kind, getattr(node.element, kind), node.fragment)

    def texts(self) -> list[str]:
        """Return all text on the page in its order, as it was sent; folded and hidden parts too."""
        found: list[str] = []
        for node in self._walk():
            if isinstance(node, _Box):
                box = node.block.WhichOneof("type")
                if box in _BOX_TEXT:
                    found.append(getattr(getattr(node.block, box), _BOX_TEXT[box]))
            elif kind := node.element.WhichOneof("type"):
                found.extend(Shown(kind, getattr(node.element, kind), node.fragment).texts())
        return found

    def ids(self, script: str | None = None) -> set[str]:
        """Return the ids of all widgets on the screen, or of those that one script wrote."""
        return {
            str(getattr(getattr(node.element, kind), "id", ""))
            for node in self._walk()
            if isinstance(node, _Leaf)
            and (kind := node.element.WhichOneof("type"))
            and script in (None, node.script)
        } - {""}

    def clears(self, form: str) -> bool:
        """Return whether a form is emptied when it is sent."""
        return any(
            isinstance(node, _Box) and node.block.form.form_id == form and node.block.form.clear_on_submit
            for node in self._walk()
        )

    def _walk(self) -> Iterator[_Leaf | _Box]:
        waiting: list[_Leaf | _Box] = list(reversed(self._roots))
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, _Box):
                waiting.extend(reversed(node.children))


def _same_box(before: Block, now: Block) -> bool:
    if before.WhichOneof("type") != now.WhichOneof("type"):
        return False
    return now.WhichOneof("type") != "dialog" or before.id == now.id


def _of_script(nodes: list[_Leaf | _Box], script: str) -> list[_Leaf | _Box]:
    kept = [node for node in nodes if node.script == script]
    for node in kept:
        if isinstance(node, _Box):
            node.children = _of_script(node.children, script)
    return kept


def _stays(node: _Leaf | _Box, run: str, fragments: frozenset[str], inside: bool) -> bool:
    if isinstance(node, _Leaf):
        return node.run == run or bool(fragments and not (node.fragment and inside))
    if node.run != run and (inside or not fragments):
        return False
    inside = inside or (node.fragment in fragments and node.run == run)
    node.children = [child for child in node.children if _stays(child, run, fragments, inside)]
    node.run = run
    return True


def first_state(shown: Shown) -> WidgetState | None:
    """Return what the browser sends of a widget that nobody has touched; None for what sends nothing.

    A widget that the script has just set (`set_value`) sends that; any other its default. “Nothing
    chosen” is a state without a value.
    """
    sent, state = shown.sent, WidgetState(id=shown.id)
    given = bool(getattr(sent, "set_value", False))
    if shown.kind == "checkbox":
        state.bool_value = sent.value if given else sent.default
    elif shown.kind in ("radio", "selectbox"):
        if given and sent.HasField("raw_value"):
            state.string_value = sent.raw_value
        elif not given and sent.HasField("default") and sent.options:
            state.string_value = sent.options[sent.default]
    elif shown.kind in ("multiselect", "button_group"):
        options = shown.options
        state.string_array_value.data.extend(sent.raw_values if given else [options[i] for i in sent.default])
    elif shown.kind in ("text_input", "text_area", "time_input"):
        name = "value" if given else "default"
        if sent.HasField(name):
            state.string_value = getattr(sent, name)
    elif shown.kind == "number_input":
        name = "value" if given and sent.HasField("value") else "default"
        if sent.HasField(name):
            set_number(state, shown, getattr(sent, name))
    elif shown.kind == "slider":
        if sent.type == Slider.SELECT_SLIDER:
            chosen = sent.raw_value if given else [sent.options[int(i)] for i in sent.default]
            state.string_array_value.data.extend(chosen)
        else:
            state.double_array_value.data.extend(sent.value if given else sent.default)
    elif shown.kind in ("date_input", "date_time_input"):
        state.string_array_value.data.extend(sent.value if given else sent.default)
    else:
        return None
    return state


def set_number(state: WidgetState, shown: Shown, number: float) -> None:
    """Put a number into the state of a number input, in the field of its type."""
    if shown.sent.data_type == NumberInput.INT:
        state.int_value = int(number)
    else:
        state.double_value = number
