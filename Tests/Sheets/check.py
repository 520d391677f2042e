"""Sheets and calendars between kb and the programs of others. Run by run.sh, which finds the libraries."""

import datetime
import os
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import icalendar
import openpyxl

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
KB = os.path.join(ROOT, ".build", "debug", "kb")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TODAY = "2026-11-29"
NOTHING = "Nichts würde sich ändern.\n"


class Case(unittest.TestCase):
    """A copy of the example, in a git repository of its own."""

    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        self.base = os.path.join(self.folder, "base")
        shutil.copytree(os.path.join(ROOT, "kb-example"), self.base, ignore=shutil.ignore_patterns("_site"))
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": self.folder, "XDG_CACHE_HOME": os.path.join(self.folder, "cache"),
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        }
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("one")

    def run_program(self, *words):
        return subprocess.run(words, cwd=self.base, env=self.environment, capture_output=True, stdin=subprocess.DEVNULL)

    def git(self, *words):
        done = self.run_program("git", *words)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        return done.stdout.decode()

    def commit(self, message):
        self.git("add", ".")
        self.git("commit", "--quiet", "--message", message)

    def kb(self, *words, status=0):
        """What kb says; its errors after its output."""
        done = self.run_program(KB, *words, *([] if words[0] in ("set",) else ["--today", TODAY]))
        said = done.stdout.decode() + done.stderr.decode()
        self.assertEqual(done.returncode, status, said)
        return said

    def path(self, name):
        return os.path.join(self.folder, name)

    def record(self, path):
        with open(os.path.join(self.base, path), encoding="utf-8") as file:
            return file.read()


class Calendar(Case):
    def events(self, *words):
        done = self.run_program(KB, "due", "--format", "ics", *words)
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        calendar = icalendar.Calendar.from_ical(done.stdout)
        self.assertEqual(calendar.errors, [])
        return {str(event["UID"]): event for event in calendar.walk("VEVENT")}, calendar.walk("VEVENT")

    def test_is_read(self):
        events, all_events = self.events("--today", TODAY)
        self.assertEqual(len(events), len(all_events), "an identifier is there twice")
        self.assertGreater(len(events), 20)
        event = next(event for uid, event in events.items() if "vertrag-papyron" in uid)
        self.assertEqual(event.decoded("DTSTART"), datetime.date(2027, 1, 31))
        self.assertEqual(event.decoded("DTEND"), datetime.date(2027, 2, 1))
        self.assertEqual(str(event["SUMMARY"]), "Leasing Drucker: Kündigung muss bis 31.01.2027 eingegangen sein")
        self.assertIn("Verlängert sich um 12 Monate", str(event["DESCRIPTION"]))

    def test_keeps_its_identifiers_when_days_move_and_notice_is_given(self):
        before, _ = self.events("--today", TODAY)
        later, _ = self.events("--today", "2026-12-28")
        self.assertEqual({uid for uid in before if "vertrag" in uid}, {uid for uid in later if "vertrag" in uid})
        self.kb("set", "vertrag-papyron", "cancelled_on=2026-12-01")
        after, _ = self.events("--today", "2026-12-28")
        uid = next(uid for uid in before if "vertrag-papyron" in uid)
        self.assertEqual(after[uid].decoded("DTSTART"), datetime.date(2027, 4, 30))

    def test_of_the_site_is_read(self):
        self.kb("build", "-o", self.path("site"))
        with open(self.path("site/deadlines.ics"), "rb") as file:
            self.assertGreater(len(icalendar.Calendar.from_ical(file.read()).walk("VEVENT")), 20)

    def test_of_three_thousand_days_in_a_month_is_read(self):
        folder = os.path.join(self.base, "deadlines")
        os.makedirs(folder, exist_ok=True)
        for number in range(3000):
            with open(os.path.join(folder, f"frist-{number}.md"), "w", encoding="utf-8") as file:
                file.write(f"---\ntitle: Frist {number}\ntype: domain\nowner: lena-brandt\nends: 2026-12-{number % 31 + 1:02}\n---\n\nText.\n")
        events, _ = self.events("--today", TODAY, "--kind", "deadline", "--within", "40d")
        self.assertEqual(sum("frist-" in uid for uid in events), 3000)
        self.assertEqual(self.kb("due", "--kind", "deadline", "--within", "40d").count("Frist "), 3000)
        self.kb("build", "-o", self.path("site"))
        with open(self.path("site/deadlines.html"), encoding="utf-8") as file:
            page = file.read()
        self.assertLess(len(page), 1_000_000)
        self.assertIn("kb due --within 12M", page)


class Workbook(Case):
    def export(self, name="c.xlsx", *kind):
        self.kb("export", "xlsx", *kind, "-o", self.path(name))
        return self.path(name)

    def change(self, path, cells, sheet="contract"):
        """Changes cells with openpyxl: (record, column) and the new value."""
        book = openpyxl.load_workbook(path)
        table = book[sheet]
        columns = {cell.value: cell.column for cell in table[1]}
        rows = {table.cell(row, 1).value: row for row in range(2, table.max_row + 1)}
        for (record, column), value in cells.items():
            table.cell(rows[record], columns[column]).value = value
        book.save(path)
        return book

    THREE = {
        ("vertrag-papyron", "notice"): "6M", ("vertrag-tangast", "cost.amount"): 70000,
        ("vertrag-odrun", "cost_centre"): "9999",
    }

    def test_is_read_by_a_library(self):
        book = openpyxl.load_workbook(self.export())
        self.assertEqual(book["kb"].sheet_state, "hidden")
        self.assertEqual(book["kb"]["B2"].value, self.git("rev-parse", "HEAD").strip())
        table = book["contract"]
        self.assertFalse([cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"])
        columns = {cell.value: cell.column for cell in table[1]}
        row = next(row for row in range(2, table.max_row + 1) if table.cell(row, 1).value == "vertrag-papyron")
        self.assertEqual(table.cell(row, columns["end"]).value, datetime.datetime(2027, 4, 30))
        self.assertEqual(table.cell(row, columns["cost.amount"]).value, 1060)
        lists = [(rule.sqref, rule.formula1) for rule in table.data_validations.dataValidation]
        letter = openpyxl.utils.get_column_letter(columns["provider"])
        choices = next(formula for place, formula in lists if str(place).startswith(f"{letter}2:"))
        cells = [cell.value for line in book["kb"][choices.split("!")[1].replace("$", "")] for cell in line]
        self.assertIn("papyron", cells)

    def test_with_three_cells_changed_is_merged_with_a_change_in_git(self):
        self.change(self.export("c.xlsx", "contract"), self.THREE)
        self.kb("set", "vertrag-papyron", "number=NEU")
        self.commit("two")
        said = self.kb("import", self.path("c.xlsx"))
        self.assertNotIn("Konflikt", said)
        self.assertTrue(said.endswith("0 neu, 3 geändert\n"), said)
        changed = [line for line in self.git("diff", "--unified=0").splitlines() if re.match(r"[+-][^+-]", line)]
        self.assertEqual(len(changed), 6, changed)
        papyron = self.record("contracts/vertrag-papyron.md")
        self.assertIn("number: NEU\n", papyron)
        self.assertIn("notice: 6M\n", papyron)

    def test_with_a_cell_changed_on_both_sides_is_a_conflict(self):
        self.change(self.export("c.xlsx", "contract"), self.THREE)
        self.kb("set", "vertrag-papyron", "notice=9M")
        self.commit("two")
        said = self.kb("import", self.path("c.xlsx"), status=1)
        self.assertIn("Konflikt: Leasing Drucker, notice: im Blatt '6M', hier '9M' (beim Export '3M')\n", said)
        self.assertEqual(said.count("Konflikt"), 1)
        self.assertEqual(self.git("status", "--porcelain"), "")

    def test_with_a_row_added_and_one_gone(self):
        path = self.export("c.xlsx", "contract")
        book = openpyxl.load_workbook(path)
        table = book["contract"]
        columns = {cell.value: cell.column for cell in table[1]}
        gone = table.cell(2, 1).value
        table.delete_rows(2)
        row = table.max_row + 1
        for name, value in {
            "title": "Pflege Schranke", "type": "maintenance", "provider": "tangast", "owner": "Lena Brandt",
            "end": datetime.date(2028, 2, 29), "cost.amount": 12.5, "cost.per": "month",
        }.items():
            table.cell(row, columns[name]).value = value
        book.save(path)
        said = self.kb("import", path)
        self.assertIn(f"Nicht mehr im Blatt: {gone}.", said)
        self.assertIn("1 neu, 0 geändert", said)
        self.assertTrue(os.path.exists(os.path.join(self.base, "contracts", f"{gone}.md")))
        text = self.record("contracts/pflege-schranke.md")
        for line in ("end: 2028-02-29", "owner: lena-brandt", "  amount: 12.5"):
            self.assertIn(line + "\n", text)

    def test_of_a_narrower_circle_asks_for_no_record_that_it_did_not_have(self):
        with open(os.path.join(self.base, "contracts", "geheim.md"), "w", encoding="utf-8") as file:
            file.write("---\ntitle: Geheim\naudience: restricted\ntype: other\nprovider: tangast\nowner: lena-brandt\nend: 2027-12-31\n---\n\nText.\n")
        self.commit("secret")
        for format in ("xlsx", "csv"):
            path = self.path(f"c.{format}")
            self.kb("export", format, "contract", "--audience", "internal", "-o", path)
            self.assertEqual(self.kb("import", path, "--dry-run"), NOTHING)

    def test_with_formulas_counts_their_values_and_refuses_those_without(self):
        path = self.export("c.xlsx", "contract")
        self.change(path, {("vertrag-papyron", "cost.amount"): "=1000+90", ("vertrag-odrun", "notice"): "4M"})
        said = self.kb("import", path, status=1)
        self.assertRegex(said, r"Zeile \d+, cost.amount: die Formel in [A-Z]+\d+ hat keinen Wert; in Excel öffnen und speichern\n")
        self.assertEqual(self.git("status", "--porcelain"), "")
        self.kb("import", path, "--skip-faults")
        self.assertIn("notice: 4M", self.record("contracts/vertrag-odrun.md"))
        self.assertIn("amount: 1060", self.record("contracts/vertrag-papyron.md"))

    def test_with_a_strange_column_says_that_it_is_left_out(self):
        path = self.export("c.xlsx", "contract")
        book = openpyxl.load_workbook(path)
        book["contract"].cell(1, book["contract"].max_column + 1).value = "Notiz vom Chef"
        book.save(path)
        self.assertIn("kb: nicht übernommen: Notiz vom Chef\n", self.kb("import", path, "--dry-run"))


class OfPeople(Case):
    """Sheets as people make them."""

    HEAD = ["Titel", "Typ", "Dienstleister", "Verantwortlich", "Ende"]
    ROW = ["Pflege Schranke", "Wartung", "Tangast Systemhaus GmbH", "Lena Brandt", datetime.date(2028, 2, 29)]

    def book(self, *rows, head=HEAD):
        book = openpyxl.Workbook()
        for row in (head, *rows):
            book.active.append(row)
        return book

    def given(self, book, status=0):
        path = self.path("list.xlsx")
        book.save(path)
        return self.kb("import", path, "--kind", "contract", status=status)

    def test_with_two_hundred_columns(self):
        wide = [f"Spalte {number}" for number in range(200)]
        said = self.given(self.book(self.ROW + ["x"] * 200, head=self.HEAD + wide))
        self.assertIn("und 170 weitere", said)
        self.assertIn("1 neu, 0 geändert", said)

    def test_with_merged_cells(self):
        book = self.book(self.ROW, ["Pflege Tor", "", "", "Lena Brandt", datetime.date(2027, 2, 28)])
        book.active.merge_cells("B2:C3")
        said = self.given(book)
        self.assertIn("1 verbundene", said)
        self.assertIn("type: maintenance\n", self.record("contracts/pflege-tor.md"))

    def test_with_a_whole_column_merged(self):
        book = self.book(self.ROW, ["Pflege Tor", "", "", "Lena Brandt", datetime.date(2027, 2, 28)])
        book.active.merge_cells("G1:G1048576")
        book.active.merge_cells("C2:C1048576")
        self.given(book)
        self.assertIn("provider: tangast\n", self.record("contracts/pflege-tor.md"))

    def test_with_a_title_above_the_heading(self):
        book = openpyxl.Workbook()
        for row in (["Unsere Verträge"], [], self.HEAD, self.ROW):
            book.active.append(row)
        self.assertIn("Zeile 1 über der Kopfzeile wird nicht gelesen", self.given(book))
        self.assertIn("provider: tangast\n", self.record("contracts/pflege-schranke.md"))

    def test_with_days_typed_as_text(self):
        days = ["31.12.2027", "31. Dezember 2027", "31 Dec 2027", "2027-12-31 00:00:00", 46752]
        self.given(self.book(*[[f"Vertrag {number}"] + self.ROW[1:4] + [day] for number, day in enumerate(days)]))
        for number in range(len(days)):
            self.assertIn("end: 2027-12-31\n", self.record(f"contracts/vertrag-{number}.md"))

    def test_with_days_and_numbers_that_there_are_not(self):
        rows = [["A"] + self.ROW[1:4] + ["29.02.2027", 1], ["B"] + self.ROW[1:4] + ["12/31/2027", -3], ["C"] + self.ROW[1:4] + ["31.12.2027", 1.5]]
        said = self.given(self.book(*rows, head=self.HEAD + ["Plätze gekauft"]), status=1)
        for line in (
            "Zeile 2, end: '29.02.2027' ist kein gültiges Datum", "Zeile 3, end: '12/31/2027' ist kein gültiges Datum",
            "Zeile 3, seats.bought: 'bought' muss mindestens 0 sein, nicht -3", "Zeile 4, seats.bought: '1.5' ist keine ganze Zahl",
        ):
            self.assertIn(line, said)
        self.assertEqual(self.git("status", "--porcelain"), "")

    def parts(self, change):
        """A small workbook with its parts changed."""
        self.book(self.ROW).save(self.path("small.xlsx"))
        with zipfile.ZipFile(self.path("small.xlsx")) as small, zipfile.ZipFile(self.path("list.xlsx"), "w", zipfile.ZIP_DEFLATED) as changed:
            for name in small.namelist():
                changed.writestr(name, change(name, small.read(name)))
            return changed

    def test_with_macros(self):
        self.parts(lambda name, content: content)
        with zipfile.ZipFile(self.path("list.xlsx"), "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" * 1000)
        self.assertIn("1 neu, 0 geändert", self.kb("import", self.path("list.xlsx"), "--kind", "contract"))

    def test_that_fills_the_memory_is_refused(self):
        bomb = b" " * (210 << 20)
        self.parts(lambda name, content: content.replace(b"<sheetData>", b"<sheetData>" + bomb) if name.endswith("sheet1.xml") else content)
        self.assertLess(os.path.getsize(self.path("list.xlsx")), 1 << 20)
        self.assertIn("die Datei ist zu groß", self.kb("import", self.path("list.xlsx"), "--kind", "contract", status=2))
        # The same, with a lie about its size.
        with open(self.path("list.xlsx"), "rb") as file:
            content = bytearray(file.read())
        place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet1.xml"))
        content[place + 24:place + 28] = (1000).to_bytes(4, "little")
        with open(self.path("liar.xlsx"), "wb") as file:
            file.write(content)
        self.assertIn("die Datei ist zu groß", self.kb("import", self.path("liar.xlsx"), "--kind", "contract", status=2))

    def test_with_entities_that_grow_is_refused(self):
        growing = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
        self.parts(lambda name, content: growing + content.split(b"?>", 1)[-1] if name.endswith("sheet1.xml") else content)
        self.assertIn("beschädigt", self.kb("import", self.path("list.xlsx"), "--kind", "contract", status=2))


@unittest.skipUnless(OFFICE, "LibreOffice is not there (Debian: libreoffice-calc-nogui)")
class Office(Case):
    def convert(self, name, to, folder, *options):
        done = self.run_program(
            OFFICE, f"-env:UserInstallation=file://{self.folder}/office", "--headless", *options, "--convert-to", to, "--outdir",
            self.path(folder), self.path(name))
        path = os.path.join(self.path(folder), name.rsplit(".", 1)[0] + "." + to.split(":")[0])
        self.assertTrue(os.path.exists(path), done.stdout.decode() + done.stderr.decode())
        return path

    XLSX = "xlsx:Calc MS Excel 2007 XML"

    def test_opens_a_workbook_and_saves_it_without_a_change(self):
        self.kb("export", "xlsx", "-o", self.path("all.xlsx"))
        self.assertEqual(self.kb("import", self.convert("all.xlsx", self.XLSX, "saved"), "--dry-run"), NOTHING)

    def test_opens_CSV_as_in_Germany_and_saves_it_without_a_change(self):
        self.kb("export", "csv", "contract", "-o", self.path("c.csv"))
        saved = self.convert("c.csv", self.XLSX, "saved", "--infilter=CSV:59,34,76,1,,1031,false,true")
        book = openpyxl.load_workbook(saved).active
        columns = {cell.value: cell.column for cell in book[1]}
        row = next(row for row in range(2, book.max_row + 1) if book.cell(row, 1).value == "vertrag-papyron")
        self.assertEqual(book.cell(row, columns["end"]).value, datetime.datetime(2027, 4, 30))
        self.assertEqual(book.cell(row, columns["cost.amount"]).value, 1060)
        self.assertEqual(self.kb("import", saved, "--dry-run"), NOTHING)

    def test_changes_cells(self):
        self.kb("export", "xlsx", "contract", "-o", self.path("c.xlsx"))
        # A flat document of LibreOffice's own is text, which can be edited like its cells.
        flat = self.convert("c.xlsx", "fods", "flat")
        with open(flat, encoding="utf-8") as file:
            text = file.read()
        self.assertEqual(text.count('office:value="1060"'), 1)
        text = text.replace('office:value="1060"', 'office:value="1075.5"').replace("CSP-4471-26", "CSP-4471-27")
        with open(self.path("changed.fods"), "w", encoding="utf-8") as file:
            file.write(text)
        said = self.kb("import", self.convert("changed.fods", self.XLSX, "saved"))
        self.assertTrue(said.endswith("0 neu, 2 geändert\n"), said)
        self.assertIn("amount: 1075.5", self.record("contracts/vertrag-papyron.md"))
        self.assertIn("number: CSP-4471-27\n", self.record("contracts/vertrag-m365.md"))

    def test_saves_a_format_that_is_not_read_and_kb_says_so(self):
        self.kb("export", "xlsx", "contract", "-o", self.path("c.xlsx"))
        said = self.kb("import", self.convert("c.xlsx", "ods", "saved"), "--kind", "contract", status=2)
        self.assertIn("als .xlsx oder CSV speichern", said)

    def test_calculates_formulas_whose_values_count(self):
        self.kb("export", "xlsx", "contract", "-o", self.path("c.xlsx"))
        book = openpyxl.load_workbook(self.path("c.xlsx"))
        table = book["contract"]
        columns = {cell.value: cell.column for cell in table[1]}
        row = next(row for row in range(2, table.max_row + 1) if table.cell(row, 1).value == "vertrag-papyron")
        table.cell(row, columns["cost.amount"]).value = "=1000+90"
        book.save(self.path("formula.xlsx"))
        self.kb("import", self.convert("formula.xlsx", self.XLSX, "saved"))
        self.assertIn("amount: 1090", self.record("contracts/vertrag-papyron.md"))


if __name__ == "__main__":
    unittest.main()
