"""OpenSearch, loaded with `kb export opensearch`: asked with the query of the export, or as an engine that nobody has told anything."""

import glob
import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request

DEPTH = 10


class Engine:
    """An engine that answers requests: osmem-server of a Python's, an in-memory OpenSearch, or the one at `url`."""

    def __init__(self, python, url=None):
        self.python, self.url, self.process = python, url, None

    def start(self):
        """Starts the server where no address is given; hands back why that is not possible, or None.

        What it ignores it says on standard error: a warning per analyser, which `Documentation/opensearch.md` sums up.
        """
        if self.url:
            return None
        found = subprocess.run(
            [self.python, "-c", "import osmem_server; print(osmem_server.resolve_binary())"],
            capture_output=True, text=True)
        if found.returncode != 0:
            return "there is no osmem-server: pip install osmem-server"
        self.process = subprocess.Popen(
            [found.stdout.strip(), "-parent-pid", str(os.getpid())],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if line.startswith("{"):
                self.url = json.loads(line)["url"]
                return None
        return "osmem-server does not start"

    def stop(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait(timeout=10)

    def ask(self, method, path, body=None, kind="application/json"):
        """The status and the answer of a request."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/{path}", data=data, method=method, headers={"Content-Type": kind})
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as failure:
            return failure.code, json.loads(failure.read() or b"{}")


def filled(template, query):
    """A query template with the words in it, as an engine fills it in."""
    def fill(value):
        if isinstance(value, dict):
            return {key: fill(part) for key, part in value.items()}
        if isinstance(value, list):
            return [fill(part) for part in value]
        if isinstance(value, str):
            for name, usual in (("from", "0"), ("size", str(DEPTH))):
                value = value.replace("{{%s}}{{^%s}}%s{{/%s}}" % (name, name, usual, name), usual)
            return value.replace("{{query}}", query)
        return value
    return fill(template)


def export(base, folder, *options):
    """Writes the export of a knowledge base into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([base.kb, "export", "opensearch", *options, "-C", base.root, folder], check=True, capture_output=True)


def load(folder, url, name):
    """Loads an export with its own script."""
    return subprocess.run(
        ["sh", os.path.join(folder, "load.sh"), name], env=dict(os.environ, OPENSEARCH_URL=url),
        capture_output=True, text=True)


class OpenSearch:
    """The export as it is: its settings, its mapping, its query, loaded by its script."""

    name = "opensearch"

    def __init__(self, python, unavailable):
        self.python, self.unavailable = python, unavailable

    def rank(self, base, queries, work):
        engine = Engine(self.python, os.environ.get("OPENSEARCH_URL"))
        reason = engine.start()
        if reason:
            raise self.unavailable(reason)
        try:
            folder = os.path.join(work, f"opensearch-{base.name}")
            export(base, folder)
            index = self.load(engine, folder, base.name)
            return [self.search(engine, index, folder, query.text) for query in queries]
        finally:
            engine.stop()

    def load(self, engine, folder, name):
        loaded = load(folder, engine.url, f"relevance-{name}")
        if loaded.returncode != 0:
            raise self.unavailable(loaded.stderr.strip())
        return f"relevance-{name}"

    def body(self, folder, text):
        with open(os.path.join(folder, "query.json"), encoding="utf-8") as file:
            return filled(json.load(file), text)

    def search(self, engine, index, folder, text):
        status, answer = engine.ask("POST", f"{index}/_search", self.body(folder, text))
        if status != 200:
            raise SystemExit(f"{self.name}: status {status} for '{text}': {str(answer)[:500]}")
        return [hit["_source"]["path"] for hit in answer["hits"]["hits"]]


class OpenSearchPlain(OpenSearch):
    """The same documents in an engine that is told nothing: plain analysers, all texts alike."""

    name = "opensearch-plain"
    texts = ["title", "heading", "aliases", "symptoms", "summary", "facts", "text", "code"]

    def load(self, engine, folder, name):
        index = f"plain-{name}"
        engine.ask("DELETE", index)
        fields = {field: {"type": "text"} for field in self.texts}
        fields.update({field: {"type": "keyword"} for field in ("record", "path")})
        engine.ask("PUT", index, {"mappings": {"properties": fields}})
        for file in sorted(glob.glob(os.path.join(folder, "bulk-*.ndjson"))):
            with open(file, "rb") as bulk:
                engine.ask("POST", f"{index}/_bulk", bulk.read(), "application/x-ndjson")
        engine.ask("POST", f"{index}/_refresh")
        return index

    def body(self, folder, text):
        return {
            "size": DEPTH, "collapse": {"field": "record"}, "_source": ["path"],
            "query": {"multi_match": {"query": text, "fields": self.texts}},
        }
