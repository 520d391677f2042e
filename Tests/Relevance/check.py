"""Whether the judge counts right: python3 -m unittest discover -s Tests/Relevance -p check.py"""

import unittest

import judged
from engines import FTS5, FTS5Tuned, distinct
from run import shortfalls, summary


def query(kind, *answers):
    return judged.Query(kind, "de", "text", frozenset(answers))


def result(kind, ranks):
    return ("example", query(kind, "a.md"), ranks, {})


class Figures(unittest.TestCase):
    def test_the_first_answer_gives_the_rank(self):
        self.assertEqual(query("exact", "b.md", "c.md").rank(["a.md", "c.md", "b.md"]), 2)
        self.assertIsNone(query("exact", "b.md").rank(["a.md"]))

    def test_success_and_reciprocal_rank(self):
        figures = judged.figures([1, 3, 4, None])
        self.assertEqual((figures["success@1"], figures["success@3"]), (0.25, 0.5))
        self.assertAlmostEqual(figures["mrr@10"], (1 + 1 / 3 + 1 / 4) / 4)

    def test_hits_of_one_page_count_once(self):
        self.assertEqual(distinct(["a.md", "b.md", "a.md", "c.md"]), ["a.md", "b.md", "c.md"])


class Requirement(unittest.TestCase):
    def found(self, *results):
        engines = ["kb", "peer"]
        return shortfalls(summary(list(results), engines), engines)

    def test_level_with_a_peer_is_not_behind(self):
        self.assertEqual(self.found(result("typo", {"kb": 1, "peer": 1})), [])

    def test_behind_in_one_class_is_told_though_the_rest_is_ahead(self):
        found = self.found(*[result("exact", {"kb": 1, "peer": 9})] * 40, result("typo", {"kb": 2, "peer": 1}))
        self.assertEqual(
            found, ["typo: kb's success@1 is 0.000, peer's 1.000", "typo: kb's mrr@10 is 0.500, peer's 1.000"])

    def test_too_few_answers_on_top(self):
        found = self.found(result("exact", {"kb": 4, "peer": None}))
        self.assertEqual(
            found, ["kb's success@1 is 0.000, wanted 0.9", "kb's success@3 is 0.000, wanted 0.95"])

    def test_without_kb_nothing_is_reached(self):
        self.assertEqual(shortfalls({}, ["fts5"]), ["kb takes no part"])


class Expressions(unittest.TestCase):
    def test_words_are_quoted_and_what_has_no_letter_is_left_out(self):
        self.assertEqual(FTS5().expression('CRIT - fw1 "down"'), '"CRIT" "fw1" "down"')

    def test_any_word_and_the_last_as_it_is_typed(self):
        self.assertEqual(FTS5Tuned().expression("drucker off"), '"drucker" OR "off" OR "off"*')
        self.assertEqual(FTS5Tuned().expression("?"), "")


if __name__ == "__main__":
    unittest.main()
