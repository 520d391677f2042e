"""Reads the pages of a built site and says what is wrong with their HTML, without a browser."""

import os
import re
import urllib.parse
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self' file:"
)
# Elements that are landmarks by themselves; a section and a form only with a name.
LANDMARKS = {"nav": "navigation", "aside": "complementary", "main": "main", "section": "region", "form": "form"}


class Element:
    def __init__(self, tag, attributes, parent, line):
        self.tag, self.attributes, self.parent, self.line = tag, attributes, parent, line
        self.text = ""

    def get(self, name, default=None):
        return self.attributes.get(name, default)

    def above(self):
        element = self.parent
        while element:
            yield element
            element = element.parent

    def needs_script(self):
        """Whether it shows only where a script runs."""
        return any("js" in (element.get("class") or "").split() for element in (self, *self.above()))


class Page(HTMLParser):
    """A page: its elements in their order, and what is unsound about its markup."""

    def __init__(self, path, text):
        super().__init__(convert_charrefs=True)
        self.path, self.elements, self.open, self.unsound = path, [], [], []
        self.doctype = False
        self.feed(text)
        self.close()
        self.unsound += [f"<{element.tag}> of line {element.line} is never closed" for element in self.open]
        self.ids = [element.get("id") for element in self.elements if element.get("id") is not None]
        self.id_set = set(self.ids)
        self.by_id = {element.get("id"): element for element in self.elements if element.get("id")}

    def handle_decl(self, declaration):
        self.doctype = declaration.lower() == "doctype html"

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.unsound.append(f"<{tag}> of line {self.getpos()[0]} has an attribute twice")
        element = Element(tag, dict(attributes), self.open[-1] if self.open else None, self.getpos()[0])
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if self.open and self.open[-1].tag == tag:
            self.open.pop()
            return
        self.unsound.append(f"</{tag}> of line {self.getpos()[0]} does not close what is open")
        if any(element.tag == tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data):
        for element in self.open:
            element.text += data

    def named(self, *tags):
        return [element for element in self.elements if element.tag in tags]

    def name(self, element):
        """The accessible name that its attributes or its text give it, in short."""
        if element.get("aria-labelledby"):
            return " ".join(self.by_id[i].text.strip() for i in element.get("aria-labelledby").split() if i in self.by_id)
        return (element.get("aria-label") or "").strip()


class Site:
    """A built site."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.files, self.pages = set(), {}
        for folder, _, names in os.walk(self.root):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.root).replace(os.sep, "/")
                self.files.add(path)
                if path.endswith(".html"):
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        self.pages[path] = Page(path, file.read())

    def address(self, path):
        return "file://" + urllib.parse.quote(f"{self.root}/{path}")

    def records(self):
        """The pages of all records, as llms.txt lists them."""
        with open(os.path.join(self.root, "llms.txt"), encoding="utf-8") as file:
            return [urllib.parse.unquote(link) for link in re.findall(r"^- \[.*?\]\((\S+?)\)", file.read(), re.M)]

    def target(self, page, href):
        """Where a link leads: (file, anchor); nothing where it leaves the site."""
        parts = urllib.parse.urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        path = urllib.parse.unquote(parts.path)
        if not path:
            return page.path, urllib.parse.unquote(parts.fragment)
        resolved = os.path.normpath(os.path.join(os.path.dirname(page.path), path)).replace(os.sep, "/")
        return resolved, urllib.parse.unquote(parts.fragment)

    def links(self, page, without_script=False):
        for element in page.elements:
            href = element.get("href")
            if element.tag == "a" and href is not None and not (without_script and element.needs_script()):
                yield element, href

    def unreached(self, clicks):
        """The records that plain links do not reach from the start page in so many clicks."""
        reached, edge = {"index.html"}, ["index.html"]
        for _ in range(clicks):
            following = []
            for path in edge:
                for _, href in self.links(self.pages[path], without_script=True):
                    target = self.target(self.pages[path], href)
                    if target and target[0] in self.pages and target[0] not in reached:
                        reached.add(target[0])
                        following.append(target[0])
            edge = following
        return [record for record in self.records() if record not in reached]


# The checks: each takes a site and a page, and yields what is wrong.

def is_sound(site, page):
    yield from page.unsound
    if not page.doctype:
        yield "no doctype"


def has_language(site, page):
    root = page.named("html")
    if len(root) != 1 or not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", root[0].get("lang") or ""):
        yield "html has no lang"


def has_title(site, page):
    titles = [element for element in page.named("title") if not any(above.tag == "svg" for above in element.above())]
    if len(titles) != 1 or not titles[0].text.strip():
        yield "no title"


def has_one_heading(site, page):
    headings = page.named("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1"
    elif not headings[0].text.strip():
        yield "an empty h1"


def steps_down_its_headings(site, page):
    before = 0
    for heading in page.named("h1", "h2", "h3", "h4", "h5", "h6"):
        # The navigation stands before the page's own heading.
        if any(above.tag in ("nav", "aside") for above in heading.above()):
            continue
        level = int(heading.tag[1])
        if level > before + 1:
            yield f"line {heading.line}: {heading.tag} “{heading.text.strip()}” follows h{before}"
        before = level


def has_unique_ids(site, page):
    for identity in sorted({i for i in page.ids if page.ids.count(i) > 1}):
        yield f"id “{identity}” {page.ids.count(identity)} times"
    for identity in page.ids:
        if not identity or re.search(r"\s", identity):
            yield f"id “{identity}” is empty or has blanks"


def has_whole_links(site, page):
    for element in page.elements:
        for name in ("href", "src"):
            value = element.get(name)
            if value is None or value.startswith("data:"):
                continue
            target = site.target(page, value)
            if target is None:
                if element.tag != "a":
                    yield f"<{element.tag} {name}> loads {value}"
                elif urllib.parse.urlsplit(value).scheme.lower() not in ("http", "https", "mailto", "tel"):
                    yield f"leads to {value}"
                continue
            path, anchor = target
            if path not in site.files:
                yield f"{value}: no such file"
            elif anchor and (path not in site.pages or anchor not in site.pages[path].id_set):
                yield f"{value}: no such anchor"
            elif path.startswith(".."):
                yield f"{value} leaves the site"


def has_whole_references(site, page):
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "data-copy"):
            for identity in (element.get(name) or "").split():
                if identity not in page.id_set:
                    yield f"<{element.tag} {name}={identity}>: no such id"


def has_named_landmarks(site, page):
    seen = {}
    for element in page.elements:
        role = element.get("role") or LANDMARKS.get(element.tag)
        if role not in ("navigation", "complementary", "main", "region", "form", "search"):
            continue
        name = page.name(element)
        if role in ("region", "form") and not name:
            if element.get("role"):
                yield f"line {element.line}: role {role} without a name"
            continue
        seen.setdefault((role, name), []).append(element.line)
    for (role, name), lines in seen.items():
        if len(lines) > 1:
            yield f"{role} “{name}” in lines {lines}"
    if len([key for key in seen if key[0] == "main"]) != 1:
        yield "not one main"


def has_words_for_pictures(site, page):
    for image in page.named("img"):
        if image.get("alt") is None:
            yield f"line {image.line}: img without alt"
    for graphic in page.named("svg"):
        if graphic.get("aria-hidden") != "true" and not page.name(graphic):
            yield f"line {graphic.line}: svg neither hidden nor named"


def has_labels(site, page):
    labelled = {label.get("for") for label in page.named("label")}
    for control in page.named("input", "select", "textarea", "output"):
        wrapped = any(above.tag == "label" for above in control.above())
        if control.tag == "output" or control.get("type") == "hidden":
            continue
        if not (wrapped or page.name(control) or (control.get("id") in labelled and control.get("id"))):
            yield f"line {control.line}: {control.tag} without a label"
    for control in page.named("a", "button", "summary"):
        pictures = any(image.get("alt") and control in image.above() for image in page.named("img"))
        if not (control.text.strip() or page.name(control) or pictures):
            yield f"line {control.line}: {control.tag} without words"


def has_policy_first(site, page):
    metas = page.named("meta")
    if not metas or (metas[0].get("http-equiv") or "").lower() != "content-security-policy":
        yield "the policy is not the first meta"
    elif metas[0].get("content") != POLICY:
        yield f"policy: {metas[0].get('content')}"
    head = [element for element in page.elements if element.tag in ("script", "link", "meta")]
    if head and metas and head[0] is not metas[0]:
        yield f"<{head[0].tag}> stands before the policy"


def has_nothing_inline(site, page):
    for element in page.elements:
        if element.tag == "style" or (element.tag == "script" and (not element.get("src") or element.text.strip())):
            yield f"line {element.line}: <{element.tag}> in the page"
        if element.tag in ("iframe", "object", "embed", "base", "portal", "foreignobject"):
            yield f"line {element.line}: <{element.tag}>"
        for name, value in element.attributes.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "ping"):
                yield f"line {element.line}: <{element.tag} {name}>"
            if name in ("href", "src", "action", "xlink:href") and re.match(r"[\s\0-\x20]*(javascript|vbscript)\s*:", value or "", re.I):
                yield f"line {element.line}: {value}"


CHECKS = [
    ("is sound markup", is_sound),
    ("names its language", has_language),
    ("has a title", has_title),
    ("has exactly one h1", has_one_heading),
    ("leaves out no level of headings", steps_down_its_headings),
    ("has no id twice", has_unique_ids),
    ("has no broken link or anchor, and loads nothing from elsewhere", has_whole_links),
    ("refers to no missing id", has_whole_references),
    ("has landmarks that names tell apart", has_named_landmarks),
    ("has words for every picture", has_words_for_pictures),
    ("has a label for every control, words for every link", has_labels),
    ("has the policy as its first meta", has_policy_first),
    ("has no script, style or event in it", has_nothing_inline),
]
