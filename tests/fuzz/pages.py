"""Find what a page leads to: its links and its forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit


@dataclass
class Control:
    """One field of a form, and what the page put into it."""

    name: str
    kind: str = "text"
    value: str = ""
    options: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as the page shows it."""

    method: str
    action: str
    controls: list[Control] = field(default_factory=list)

    @property
    def key(self):
        """What makes it another form than those already known."""
        return (
            self.method,
            urlsplit(self.action).path,
            tuple(c.name for c in self.controls),
        )


class Page(HTMLParser):
    """A page, read for its links and forms."""

    def __init__(self, url, text):
        super().__init__()
        self.url = url
        self.links, self.forms = set(), []
        self._form = self._select = self._area = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get", "src"):
            if name in given:
                self._link(given[name])
        for name in ("hx-post", "hx-put", "hx-delete"):
            if name in given and tag != "form":
                self.forms.append(Form("post", urljoin(self.url, given[name])))
        starts = getattr(self, f"_start_{tag}", None)
        if starts:
            starts(given)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag in {"select", "textarea"}:
            self._select = self._area = None

    def handle_data(self, data):
        if self._area is not None:
            self._area.value += data

    def _link(self, url):
        there = urlsplit(urljoin(self.url, url.strip()))
        if not there.netloc and there.scheme == "" and there.path.startswith("/"):
            self.links.add(there.path + (f"?{there.query}" if there.query else ""))

    def _start_form(self, given):
        action = given.get("hx-post") or given.get("action") or self.url
        method = "post" if "hx-post" in given else given.get("method", "get").lower()
        self._form = Form(method, urljoin(self.url, action))
        self.forms.append(self._form)

    def _start_input(self, given):
        self._control(given, given.get("type", "text"), given.get("value", ""))

    def _start_button(self, given):
        self._control(given, "button", given.get("value", ""))

    def _start_select(self, given):
        self._select = self._control(given, "select", "")

    def _start_option(self, given):
        if self._select:
            self._select.options.append(given.get("value", ""))
            if "selected" in given:
                self._select.value = given.get("value", "")

    def _start_textarea(self, given):
        self._area = self._control(given, "textarea", "")

    def _control(self, given, kind, value):
        if not self._form or not given.get("name"):
            return None
        for known in self._form.controls:
            if known.name == given["name"] and kind in {"radio", "checkbox", "button"}:
                known.options.append(value)
                return known
        control = Control(given["name"], kind, value)
        if kind in {"radio", "checkbox", "button"}:
            control.options.append(value)
        self._form.controls.append(control)
        return control
