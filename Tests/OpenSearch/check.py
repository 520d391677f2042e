"""Loads exports of the example into an engine with the export's own script: what happens, and what must not."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(REPOSITORY, "Tests", "Relevance"))
from opensearch import Engine, filled, load  # noqa: E402

KB = os.path.abspath(os.environ.get("KB", os.path.join(REPOSITORY, ".build/debug/kb")))


class Loading(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.work = tempfile.mkdtemp(prefix="kb opensearch ")
        cls.base = os.path.join(cls.work, "base")
        shutil.copytree(os.path.join(REPOSITORY, "kb-example"), cls.base, ignore=shutil.ignore_patterns("_site*"))
        cls.engine = Engine(sys.executable)
        reason = cls.engine.start()
        if reason:
            raise unittest.SkipTest(reason)
        # A name that a shell could take for something else.
        cls.folder = os.path.join(cls.work, "-it's \"$(out)\" *")
        cls.export()

    @classmethod
    def tearDownClass(cls):
        cls.engine.stop()
        shutil.rmtree(cls.work)

    @classmethod
    def export(cls, *options):
        subprocess.run(
            [KB, "export", "opensearch", "-C", cls.base, "-o", cls.folder, *options], check=True, capture_output=True)

    def load(self, name, folder=None):
        return load(folder or self.folder, self.engine.url, name)

    def count(self, name):
        return self.engine.ask("GET", f"{name}/_count")[1].get("count")

    def indices(self, name):
        listed = self.engine.ask("GET", "_cat/indices?format=json")[1]
        return sorted(index["index"] for index in listed if index["index"].startswith(f"{name}-"))

    def wanted(self):
        with open(os.path.join(self.folder, "export.json"), encoding="utf-8") as file:
            return json.load(file)["documents"]

    def search(self, name, query):
        with open(os.path.join(self.folder, "query.json"), encoding="utf-8") as file:
            status, answer = self.engine.ask("POST", f"{name}/_search", filled(json.load(file), query))
        self.assertEqual(status, 200, answer)
        return [hit["_source"]["record"] for hit in answer["hits"]["hits"]]

    def copy(self):
        folder = os.path.join(tempfile.mkdtemp(dir=self.work), "copy")
        shutil.copytree(self.folder, folder)
        return folder

    # What it does

    def test_every_document_is_there_and_found(self):
        loaded = self.load("all")
        self.assertEqual(loaded.returncode, 0, loaded.stderr)
        self.assertEqual(self.count("all"), self.wanted())
        self.assertEqual(self.search("all", "erp antwortet nicht")[0], "erp-antwortet-nicht")
        self.assertEqual(self.search("all", "10.20.50.101")[0], "etikettendrucker")
        self.assertEqual(len(set(self.search("all", "drucker"))), len(self.search("all", "drucker")))

    def test_what_is_deleted_is_gone_after_the_swap(self):
        self.assertEqual(self.load("swap").returncode, 0)
        first = self.indices("swap")
        path = os.path.join(self.base, "runbooks", "erp-antwortet-nicht.md")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        os.remove(path)
        try:
            self.export()
            loaded = self.load("swap")
            self.assertEqual(loaded.returncode, 0, loaded.stderr)
            self.assertNotIn("erp-antwortet-nicht", self.search("swap", "erp antwortet nicht"))
            self.assertEqual(self.count("swap"), self.wanted())
        finally:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            self.export()
        second = self.indices("swap")
        self.assertEqual(len(second), 1)
        self.assertNotEqual(first, second)

    # What it must not do

    def fails(self, name, folder, message):
        before = self.indices(name), self.count(name)
        loaded = self.load(name, folder)
        self.assertEqual(loaded.returncode, 1, loaded)
        self.assertIn(message, loaded.stderr)
        self.assertEqual((self.indices(name), self.count(name)), before)
        for line in loaded.stderr.splitlines():
            self.assertRegex(line, r"^load\.sh: ")

    def test_a_document_that_is_refused_changes_nothing(self):
        self.assertEqual(self.load("refused").returncode, 0)
        folder = self.copy()
        with open(os.path.join(folder, "bulk-00001.ndjson"), "a", encoding="utf-8") as file:
            file.write('{"index":{"_id":"x"}}\n{"record":"x","::error::\\u001b":"not in the mapping"}\n')
        self.fails("refused", folder, "not accepted")

    def test_a_file_that_is_missing_changes_nothing(self):
        self.assertEqual(self.load("missing").returncode, 0)
        folder = self.copy()
        os.remove(os.path.join(folder, "bulk-00001.ndjson"))
        self.fails("missing", folder, f"and this folder has {self.wanted()}")

    def test_an_index_of_somebody_else_is_left_alone(self):
        self.engine.ask("PUT", "theirs-index", {})
        self.engine.ask("POST", "_aliases", {"actions": [{"add": {"index": "theirs-index", "alias": "theirs"}}]})
        self.fails("theirs", self.folder, "not created here")
        self.engine.ask("PUT", "plain", {})
        loaded = self.load("plain")
        self.assertEqual(loaded.returncode, 1, loaded)
        self.assertEqual(self.engine.ask("GET", "plain/_count")[1]["count"], 0)

    def test_nothing_is_there_to_answer(self):
        loaded = load(self.folder, "http://127.0.0.1:9", "kb")
        self.assertEqual(loaded.returncode, 1)
        self.assertIn("no answer", loaded.stderr)

    # What the engine is told

    def tokens(self, name, analyzer, text):
        status, answer = self.engine.ask("POST", f"{name}/_analyze", {"analyzer": analyzer, "text": text})
        self.assertEqual(status, 200, answer)
        return [token["token"] for token in answer["tokens"]]

    def test_every_analyser_does_what_it_is_for(self):
        self.assertEqual(self.load("words").returncode, 0)
        self.assertEqual(self.tokens("words", "kb_exact", "Zugänge: smtp:587"), ["zugange", "smtp", "587"])
        self.assertEqual(self.tokens("words", "kb_exact_search", "Wie geht das mit Zugängen"), ["zugangen"])
        self.assertEqual(self.tokens("words", "kb_german", "Zugängen"), ["zugang"])
        self.assertEqual(self.tokens("words", "kb_english_search", "the printers"), ["printer"])
        self.assertTrue({"druck", "print"} <= set(self.tokens("words", "kb_german_synonyms", "Drucker")))
        self.assertIn("haproxi", self.tokens("words", "kb_english_synonyms", "load balancer"))
        self.assertEqual(
            self.tokens("words", "kb_derived_search", "(Lizenz-Server) 10.0.4.12, /var/log"),
            ["lizenzserver", "10.0.4.12", "/var/log"])
        self.assertTrue({"lizenz", "server"} <= set(self.tokens("words", "kb_compounds_search", "Lizenzserver")))
        self.assertEqual(self.tokens("words", "kb_begin", "ERP"), ["er", "erp"])
        self.assertEqual(len(self.tokens("words", "kb_exact_search", "alpha " * 50)), 16)

    def test_no_analyser_is_left_out_and_each_exists(self):
        with open(os.path.join(self.folder, "index.json"), encoding="utf-8") as file:
            index = json.load(file)
        analysis = index["settings"]["analysis"]
        used = set(re.findall(r'"(kb_[a-z_]+)"', json.dumps(index["mappings"])))
        with open(os.path.join(self.folder, "query.json"), encoding="utf-8") as file:
            query = file.read()
        used |= set(re.findall(r'"(kb_[a-z_]+)"', query))
        self.assertEqual(used, set(analysis["analyzer"]))
        for analyzer in analysis["analyzer"].values():
            for part in analyzer.get("filter", []) + analyzer.get("char_filter", []):
                self.assertTrue(not part.startswith("kb_") or part in analysis["filter"] or part in analysis["char_filter"])
        fields = set()
        for name, field in index["mappings"]["properties"].items():
            fields |= {name} | {f"{name}.{form}" for form in field.get("fields", {})}
        named = set(re.findall(r'"([a-z]+(?:\.[a-z]+)?)\^', query)) | {"wholes", "names", "parts", "related", "about"}
        self.assertLessEqual(named, fields)

    def test_a_query_of_many_words_has_few_enough_clauses(self):
        """Engines take 1,024. A field is a clause for each word, one with slips up to as many as it may be expanded to."""
        with open(os.path.join(self.folder, "query.json"), encoding="utf-8") as file:
            query = json.load(file)
        with open(os.path.join(self.folder, "index.json"), encoding="utf-8") as file:
            most = json.load(file)["settings"]["analysis"]["filter"]["kb_most"]["max_token_count"]

        def clauses(value):
            """Those of a query whatever it asks for, and those of each word."""
            if isinstance(value, list):
                return tuple(map(sum, zip(*map(clauses, value)))) if value else (0, 0)
            if not isinstance(value, dict):
                return 0, 0
            if "multi_match" in value:
                matched = value["multi_match"]
                if matched.get("type") == "phrase":
                    return len(matched["fields"]), 0
                return 0, len(matched["fields"]) * (matched["max_expansions"] if "fuzziness" in matched else 1)
            if "match" in value:
                return 0, 1
            return clauses(list(value.values()))
        once, each = clauses(query["query"])
        self.assertLess(once + each * most, 1024)


if __name__ == "__main__":
    unittest.main()
