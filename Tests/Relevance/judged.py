"""The judged queries, and how well a ranking does on them."""

import os

CLASSES = (
    "exact", "symptom", "typo", "inflection", "compound", "prefix", "identifier", "question", "umlaut", "synonym",
    "who", "trouble", "language", "abbreviation", "pasted", "spacing",
)
LANGUAGES = ("de", "en")
FOLDER = os.path.dirname(os.path.abspath(__file__))


class Query:
    """What somebody types, and the pages that answer it."""

    def __init__(self, kind, language, text, answers):
        self.kind, self.language, self.text, self.answers = kind, language, text, answers

    def rank(self, paths):
        """Where the first answer stands among the paths, counted from 1; nothing where none does."""
        for place, path in enumerate(paths, 1):
            if path in self.answers:
                return place
        return None


def read(name, root, folder="queries"):
    """The queries of a set, which is in `queries`, `held` or `unseen`; anything that is wrong with the file ends the run, since figures would be worthless."""
    queries, wrong, seen = [], [], set()
    with open(os.path.join(FOLDER, folder, f"{name}.tsv"), encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                continue
            where = f"{name}.tsv:{number}"
            kind, *rest = line.split("\t")
            if len(rest) < 3 or not all(rest):
                wrong.append(f"{where}: class, language, query and at least one path, separated by single tabs")
                continue
            language, text, *answers = rest
            if kind not in CLASSES:
                wrong.append(f"{where}: '{kind}' is no class; the classes are {', '.join(CLASSES)}")
            if language not in LANGUAGES:
                wrong.append(f"{where}: '{language}' is no language; the languages are {', '.join(LANGUAGES)}")
            if text in seen:
                wrong.append(f"{where}: this query is there twice")
            seen.add(text)
            for path in answers:
                if not os.path.isfile(os.path.join(root, path)):
                    wrong.append(f"{where}: no file {path}")
            queries.append(Query(kind, language, text, frozenset(answers)))
    if wrong:
        raise SystemExit("\n".join(wrong))
    return queries


def figures(ranks):
    """Success at 1 and at 3, and the mean reciprocal rank among the first ten."""
    ranks = list(ranks)
    total = len(ranks)
    return {
        "queries": total,
        "success@1": sum(1 for rank in ranks if rank == 1) / total,
        "success@3": sum(1 for rank in ranks if rank and rank <= 3) / total,
        "mrr@10": sum(1 / rank for rank in ranks if rank and rank <= 10) / total,
    }
