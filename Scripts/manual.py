#!/usr/bin/env python3
"""Writes the pages of the manual that the program itself knows: commands, kinds, rules, settings.

    Scripts/manual.py KB           writes docs/LANGUAGE/reference/program/, which is in no commit
    Scripts/manual.py KB --run     also runs the console blocks of the tutorials, and compares what they print
    Scripts/manual.py KB --record  writes down what they print
    Scripts/manual.py KB --into FOLDER  writes FOLDER/LANGUAGE/reference/program/ instead

KB is the binary. Commands come from its help, kinds from 'kb schema', settings from what 'kb init' lays down, rules from
templates/rules. The words around them are in docs/words.
"""

import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

from manual_console import run_tutorials

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "de")


class Program:
    """The binary, asked in an empty knowledge base of one language."""

    def __init__(self, binary, language, folder):
        self.binary, self.folder = binary, folder
        self.tell("init", ".", "--language", language, "--no-examples")

    def tell(self, *arguments):
        done = subprocess.run(
            [self.binary, *arguments], cwd=self.folder, capture_output=True, text=True, env={**os.environ, "COLUMNS": "10000"})
        if done.returncode != 0:
            sys.exit(f"kb {shlex.join(arguments)}: {done.stderr}")
        return done.stdout


class Pages:
    """The generated pages of one language."""

    def __init__(self, language, docs):
        self.folder = docs / language / "reference" / "program"
        self.words = json.loads((ROOT / "docs" / "words" / f"{language}.json").read_text())
        self.language = language
        self.lacking = []
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def word(self, text):
        """The text of the program in this language; the English one, and a remark, where there is none."""
        if self.language != "en" and text and text not in self.words["texts"]:
            self.lacking.append(text)
        return self.words["texts"].get(text, text)

    def discussion(self, path, text):
        """What the help says at length, as Markdown; what is there in this language counts instead."""
        name = "-".join(path)
        own = ROOT / "docs" / "words" / self.language / f"{name}.md"
        if self.language != "en" and text and self.words["helps"].get(name) != fingerprint(text):
            self.lacking.append(f"the help of 'kb {' '.join(path)}' ({fingerprint(text)}), in docs/words/{self.language}/{name}.md")
        return own.read_text().strip() if own.exists() else discussion(text)

    def write(self, name, title, summary, kind, body):
        head = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\nsummary: {json.dumps(shortened(summary), ensure_ascii=False)}\ntype: {kind}\n---\n\n"
        (self.folder / f"{name}.md").write_text(head + body.strip() + "\n")


def fingerprint(text):
    """What says that a text is still the one that was translated."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def shortened(text):
    """A summary has 160 characters at most."""
    return text if len(text) <= 160 else text[:159].rsplit(" ", 1)[0] + "…"


def plain(text):
    """A text of the program as Markdown that shows it unchanged; what stands in quotation marks there is code here."""
    escaped = re.sub(r"([\\`*_\[\]<>|~#])", r"\\\1", text)
    return re.sub(r"(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w))+)'(?!\w)", lambda found: code(re.sub(r"\\(.)", r"\1", found.group(1))), escaped)


def code(text):
    return f"`{text}`"


def cell(text):
    """A text within a table; outside of code, 'plain' has escaped its bars already."""
    return re.sub(r"`[^`]*`", lambda found: found.group(0).replace("|", "\\|"), text)


# Commands


def write_commands(program, pages):
    tree = json.loads(program.tell("--experimental-dump-help"))["command"]
    rows = []
    for command in tree["subcommands"]:
        if command["commandName"] != "help":
            rows.append(write_command(program, pages, command))
    words = pages.words
    table = "\n".join(f"| [{code(name)}]({page}.md) | {cell(plain(summary))} |" for name, page, summary in rows)
    pages.write(
        "commands", words["commands"], words["commandsSummary"], "command",
        f"{words['commandsLead']}\n\n| {words['command']} | {words['does']} |\n|---|---|\n{table}")


def write_command(program, pages, command):
    name = command["commandName"]
    summary = pages.word(command["abstract"])
    parts = [section(program, pages, command, [name])]
    for sub in command.get("subcommands", []):
        if sub["commandName"] != "help":
            parts.append(f"## kb {name} {sub['commandName']}\n\n{plain(pages.word(sub['abstract']))}\n\n" + section(program, pages, sub, [name, sub["commandName"]], depth="###"))
    pages.write(f"kb-{name}", f"kb {name}", summary, "command", "\n\n".join(parts))
    return f"kb {name}", f"kb-{name}", summary


def section(program, pages, command, path, depth="##"):
    words = pages.words
    text = pages.discussion(path, command.get("discussion", ""))
    usage = re.search(r"USAGE: (.*?)\n\n", program.tell(*path, "--help") + "\n\n", re.S).group(1)
    usage = re.sub(r"\s*\n\s*", " ", usage)
    parts = [text]
    options = [entry for entry in command.get("arguments", []) if entry["shouldDisplay"] and entry["valueName"] not in ("version", "help")]
    if options:
        rows = "\n".join(f"| {spelling(entry)} | {meaning(pages, entry)} |" for entry in options)
        parts.append(f"{depth} {words['options']}\n\n```text\n{usage}\n```\n\n| {words['option']} | {words['meaning']} |\n|---|---|\n{rows}")
    return "\n\n".join(part for part in parts if part)


def discussion(text):
    """Paragraphs as they are; lines with two spaces before them are commands."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        lines = block.split("\n")
        for is_code, run in grouped(lines, lambda line: line.startswith("  ") and not line.startswith("  -")):
            body = "\n".join(run)
            if is_code:
                blocks.append("```sh\n" + "\n".join(line[2:] for line in run) + "\n```")
            elif run[0].startswith("  -"):
                blocks.append("\n".join("- " + plain(line.strip()[2:]) for line in joined_items(run)))
            elif body.strip():
                blocks.append(plain(" ".join(line.strip() for line in run)))
    return "\n\n".join(blocks)


def joined_items(lines):
    """Items of a list with the lines that they go on in."""
    items = []
    for line in lines:
        if line.startswith("  -"):
            items.append(line)
        else:
            items[-1] += " " + line.strip()
    return items


def grouped(lines, test):
    runs = []
    in_list = False
    for line in lines:
        in_list = line.startswith("  -") or in_list and line.startswith("    ")
        kind = test(line) and not in_list
        if runs and runs[-1][0] == kind and (not line.startswith("  -") or runs[-1][1][0].startswith("  -")):
            runs[-1][1].append(line)
        else:
            runs.append((kind, [line]))
    return runs


def spelling(entry):
    names = [("-" if name["kind"] == "short" else "--") + name["name"] for name in entry.get("names", [])]
    value = f"<{entry['valueName']}>" if entry["kind"] != "flag" else ""
    text = ", ".join(sorted(names, key=len)) + (" " if names and value else "") + value
    return code(text.strip() + (" …" if entry["isRepeating"] else ""))


def meaning(pages, entry):
    text = plain(pages.word(entry.get("abstract", "")))
    if entry.get("allValues"):
        text += f" {pages.words['values']} " + coded(entry["allValues"]) + "."
    if entry.get("defaultValue") and "efault" not in entry.get("abstract", ""):
        text += f" {pages.words['default']} {code(entry['defaultValue'])}."
    return cell(text)


# Kinds


def write_kinds(program, pages):
    words = pages.words
    program.tell("schema", "--json-schema", "-o", "schemas")
    rows = []
    common = None
    for path in sorted((pathlib.Path(program.folder) / "schemas").glob("*.schema.json")):
        kind = path.name.split(".")[0]
        schema = json.loads(path.read_text())
        lines = program.tell("schema", kind).splitlines()
        plural, folder = re.fullmatch(rf"{kind}: (.*), \w+ (\S+)", lines[0]).groups()
        fields = [line for line in lines[1:] if line.strip()]
        start = next((index for index, line in enumerate(fields) if re.match(r"  id\s", line)), len(fields))
        common = common or fields[start:]
        aliases = other_keys(schema, [line.split()[0] for line in fields if re.match(r"  \S", line)])
        body = f"{plain(schema['description'])}\n\n{words['kindFolder']} {code(folder)}. {words['kindNew'].replace('KIND', kind)}\n\n"
        body += f"## {words['kindFields']}\n\n{field_table(words, fields[:start], aliases)}\n\n"
        body += words["kindCommon"] if start < len(fields) else ""
        pages.write(f"kind-{kind}", f"{words['kind']} {kind}: {plural}", schema["description"], "kind", body)
        rows.append(f"| [{code(kind)}](kind-{kind}.md) | {plural} | {code(folder)} | {cell(plain(schema['description']))} |")
        kept = aliases
    pages.write(
        "kinds", words["kinds"], words["kindsSummary"], "kind",
        f"{words['kindsLead']}\n\n| {words['kind']} | {words['plural']} | {words['folder']} | {words['meaning']} |\n|---|---|---|---|\n" + "\n".join(rows))
    pages.write(
        "common-fields", words["common"], words["commonSummary"], "kind",
        f"{words['commonLead']}\n\n{field_table(words, common, kept)}")


def other_keys(schema, names):
    """The keys that mean the same, by field: they follow it in the JSON Schema."""
    found, current = {}, None
    for key in schema["properties"]:
        if key in names:
            current = key
            found[current] = []
        elif current:
            found[current].append(key)
    return found


def field_table(words, lines, aliases):
    rows, path = [], []
    for line in lines:
        depth = (len(line) - len(line.lstrip())) // 2 - 1
        name, kind, *rest = re.split(r"\s{2,}", line.strip(), maxsplit=2)
        path[depth:] = [name]
        text, needed = (rest[0] if rest else ""), ""
        for need in words["needs"]:
            if text.startswith(need + "."):
                text, needed = text[len(need) + 1:].strip(), f", **{need}**"
        text = sentence(plain(text)) if text else ""
        keys = aliases.get(name, []) if depth == 0 else []
        if keys:
            text += f" {words['also']} " + coded(keys) + "."
        rows.append(f"| {code('.'.join(path))} | {cell(text)}<br>{type_text(words, kind)}{needed} |")
    return f"| {words['field']} | {words['meaning']} |\n|---|---|\n" + "\n".join(rows)


def type_text(words, kind):
    """A type in words: what 'kb schema' calls "list of ref(system)" is a list of references."""
    if item := re.fullmatch(r"list of (.*)", kind):
        return words["types"]["list"] + " " + type_text(words, item.group(1)) if item.group(1) not in words["lists"] else words["lists"][item.group(1)]
    if item := re.fullmatch(r"ref(_or_text)?\((.*)\)", kind):
        return words["types"]["ref"] + " " + coded(item.group(2).split(", ")) + (words["types"]["orText"] if item.group(1) else "")
    if re.fullmatch(r"[\w-]+(\|[\w-]+)+", kind):
        return coded(kind.split("|"))
    return words["types"].get(kind) or plain(kind)


def coded(names):
    return " · ".join(code(name) for name in names)


def sentence(text):
    return text if text.endswith((".", "?", "!")) else text + "."


# Rules


def anchor(heading):
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def write_rules(pages):
    words, rows = pages.words, []
    heading = {"en": "English", "de": "Deutsch"}[pages.language]
    for group in sorted((ROOT / "templates" / "rules").iterdir()):
        parts = []
        for path in sorted(group.glob("*.md")):
            text = path.read_text()
            head = dict(re.findall(r"^(severity|de|en): (.*)$", text.split("\n---\n", 1)[0], re.M))
            title = head[pages.language].strip("\"'")
            explained = re.search(rf"^## {heading}\n\n(.*?)\n(?=^## |\Z)", text, re.S | re.M).group(1)
            severity = words["severities"][head["severity"].strip()]
            parts.append(f"## {code(f'{group.name}/{path.stem}')}: {title}\n\n**{severity}.** {explained.strip()}")
            rows.append(f"| [{code(f'{group.name}/{path.stem}')}](rules-{group.name}.md#{anchor(f'{group.name}/{path.stem}: {title}')}) | {severity} | {cell(title)} |")
        name = words["groups"].get(group.name, group.name)
        pages.write(f"rules-{group.name}", f"{words['rulesAbout']} {name}", f"{words['rulesGroup']} {group.name}/…", "rules", "\n\n".join(parts))
    pages.write(
        "rules", words["rules"], words["rulesSummary"], "rules",
        f"{words['rulesLead']}\n\n| {words['rule']} | {words['severity']} | {words['finds']} |\n|---|---|---|\n" + "\n".join(rows))


# Settings


def write_settings(program, pages):
    blocks = (pathlib.Path(program.folder) / "kb.yml").read_text().split("\n\n")
    parts = []
    for block in blocks:
        lines = block.strip().splitlines()
        setting = next((index for index, line in enumerate(lines) if re.match(r"(# )?[a-z_]+:( |$)", line)), None)
        if setting is None:
            continue
        text = " ".join(line[2:] for line in lines[:setting])
        shown = "\n".join(line.removeprefix("# ") for line in lines[setting:])
        key = shown.split(":")[0]
        if key == "title":
            shown = f"title: {pages.words['exampleTitle']}"
        parts.append(f"## {code(key)}\n\n{plain(text)}\n\n```yaml\n{shown}\n```")
    pages.write("kb-yml", "kb.yml", pages.words["settingsSummary"], "settings", f"{pages.words['settingsLead']}\n\n" + "\n\n".join(parts))


def write_roles(pages):
    """The roles, as the schema of the program declares them."""
    source = (ROOT / "Sources" / "KBSchema" / "Role.swift").read_text()
    cases = re.findall(r"^  case (.*)$", source.split("/// The role's name")[0], re.M)
    names = [name.strip(" `") for line in cases for name in line.split(",")]
    hyphened = sorted(re.sub(r"[A-Z]", lambda found: "-" + found.group(0).lower(), name) for name in names)
    pages.write("roles", pages.words["roles"], pages.words["rolesSummary"], "settings", f"{pages.words['rolesLead']}\n\n{coded(hyphened)}")


# Commands that the pages name


def unknown_commands(program, folder):
    """The commands and options that pages name and the program does not have."""
    known = {}
    for command in json.loads(program.tell("--experimental-dump-help"))["command"]["subcommands"]:
        levels = [command, *command.get("subcommands", [])]
        known[command["commandName"]] = {
            "--" + name["name"] for level in levels for entry in level.get("arguments", []) for name in entry.get("names", []) if name["kind"] == "long"}
    for page in sorted(folder.rglob("*.md")):
        text = page.read_text()
        code = "\n".join(re.findall(r"^```(?:sh|console|yaml|text)\n(.*?)^```", text, re.S | re.M)) + "\n" + "\n".join(re.findall(r"`(kb [^`\n]+)`", text))
        for name, rest in re.findall(r"(?:^|[$|&({] ?|  )kb ([a-z]+)\b((?:[^\n|;&#\\]|\\\n)*)", code, re.M):
            options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", re.sub(r"'[^']*'|\"[^\"]*\"", "", rest)))
            for wrong in sorted(options - known.get(name, options) - {"--help", "--version"}) + ([] if name in known else [""]):
                yield f"{page.relative_to(ROOT)}: there is no 'kb {name}{' ' + wrong if wrong else ''}'"


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    binary, unknown = os.path.abspath(sys.argv[1]), []
    docs = pathlib.Path(sys.argv[3]) if sys.argv[2:3] == ["--into"] else ROOT / "docs"
    for language in LANGUAGES:
        pages = Pages(language, docs)
        with tempfile.TemporaryDirectory() as folder:
            program = Program(binary, language, folder)
            write_commands(program, pages)
            write_kinds(program, pages)
            write_rules(pages)
            write_settings(program, pages)
            write_roles(pages)
            unknown += unknown_commands(program, ROOT / "docs" / language)
        for text in dict.fromkeys(pages.lacking):
            print(f"not yet in {language}, or older than the program: {text}", file=sys.stderr)
    if unknown:
        sys.exit("\n".join(unknown))
    if "--run" in sys.argv[2:] or "--record" in sys.argv[2:]:
        return run_tutorials(binary, ROOT / "docs", record="--record" in sys.argv[2:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
