"""Reads exports with other people's programs and prints what they saw, as JSON.

    readers.py anki FILES   imports them one after the other into an empty collection of Anki
    readers.py moodle FILE  the questions as Moodle's importer takes them, and as moodle-xml-parser does
    readers.py csv FILE     the rows as Python's csv module sees them
"""

import csv
import html
import json
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path


def anki(*paths):
    from anki.collection import Collection, ImportCsvRequest

    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        runs = []
        for path in paths:
            metadata = collection.get_csv_metadata(path=path, delimiter=None)
            log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
            runs.append({
                "new": len(log.new),
                "updated": len(log.updated),
                "refused": len(log.conflicting) + len(log.missing_notetype) + len(log.missing_deck)
                + len(log.empty_first_field),
                "notes": collection.note_count(),
                "cards": collection.card_count(),
            })
        notes = {}
        for note_id in collection.find_notes(""):
            note = collection.get_note(note_id)
            cards = note.cards()
            notes[note.guid] = {
                "type": note.note_type()["name"],
                "deck": collection.decks.name(cards[0].did),
                "fields": note.fields,
                "tags": note.tags,
                "questions": [shown(card.question()) for card in cards],
                "answers": [shown(card.answer()) for card in cards],
            }
        collection.close()
    return {"runs": runs, "notes": notes}


def shown(markup):
    """A card as a person reads it."""
    markup = re.sub(r"<style>.*?</style>", "", markup, flags=re.S)
    markup = re.sub(r"<br ?/?>|</?li>|</?[ou]l>|<hr[^>]*>", "\n", markup)
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).replace("\xa0", " ").strip()


# What Moodle's importer takes (question/format/xml/format.php of Moodle, and match_grade_options of
# question/format.php): another fraction refuses the file.
FRACTIONS = [100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5,
             11.11111, 10, 5, 0]
TYPES = {"category", "essay", "multichoice", "shortanswer", "matching", "ordering", "cloze"}

# question/type/multianswer/questiontype.php, as PHP's regular expressions have it.
ANSWER = r".+?(?<!\\|&)(?<!&amp;)(?=[~#}]|$)"
FEEDBACK = r".*?(?<!\\)(?=[~}]|$)"
ALTERNATIVE = rf"(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?({ANSWER})(#({FEEDBACK}))?"
EMBEDDED = re.compile(r"\{([0-9]*):(NUMERICAL|MULTICHOICE|SHORTANSWER|SHORTANSWER_C):(" + ALTERNATIVE + "(~" + ALTERNATIVE
                      + r")*)\}", re.S)


def moodle(path):
    root = ElementTree.parse(path).getroot()
    assert root.tag == "quiz", root.tag
    questions, problems, category = [], [], None
    for question in root:
        kind = question.get("type")
        if question.tag != "question" or kind not in TYPES:
            problems.append(f"<{question.tag} type={kind}> is no question")
            continue
        if kind == "category":
            category = text(question, "category")
            continue
        read = {
            "type": kind,
            "category": category,
            "name": text(question, "name"),
            "text": text(question, "questiontext"),
            "feedback": text(question, "generalfeedback"),
            "idnumber": question.findtext("idnumber"),
            "mark": float(question.findtext("defaultgrade")),
            "guide": text(question, "graderinfo"),
            "single": question.findtext("single"),
            "answers": [
                [float(answer.get("fraction")), answer.findtext("text"), text(answer, "feedback")]
                for answer in question.findall("answer")
            ],
            "pairs": [
                [pair.findtext("text"), pair.findtext("answer/text")] for pair in question.findall("subquestion")
            ],
        }
        if kind in ("multichoice", "shortanswer"):
            for fraction, _, _ in read["answers"]:
                if not any(abs(abs(fraction) - known) < 0.001 for known in FRACTIONS):
                    problems.append(f"{read['name']}: no fraction {fraction}")
        if kind == "cloze":
            read["gaps"], left = embedded(read["text"])
            if not read["gaps"]:
                problems.append(f"{read['name']}: no embedded answers")
            if "{1:" in left or "{" in left.replace("{#", ""):
                problems.append(f"{read['name']}: a brace is left in {left}")
        if not read["name"] or read["text"] is None:
            problems.append(f"a {kind} without name or text")
        questions.append(read)
    return {"questions": questions, "problems": problems, "other": other_reader(path)}


def text(element, name):
    return element.findtext(f"{name}/text")


def embedded(question):
    """The accepted answers of each gap, the way Moodle splits them; and the text that is left."""
    gaps = []
    while match := EMBEDDED.search(question):
        left, answers = match.group(3), []
        while part := re.search("~?" + ALTERNATIVE, left, re.S):
            answer = html.unescape(part.group(3)).replace("\\}", "}").replace("\\#", "#")
            answers.append(answer if part.group(1) == "=" else None)
            left = left.split(part.group(0), 1)[1]
        gaps.append(answers)
        question = question.replace(match.group(0), "{#%d}" % len(gaps), 1)
    return gaps, question


def other_reader(path):
    from moodle_xml_parser.parser import parse_file

    read = parse_file(path)
    return {
        "multichoice": [
            {"name": one.name, "single": one.single,
             "options": [[option.answer, option.score_fraction, option.feedback] for option in one.options]}
            for one in read["multichoice"]
        ],
        "cloze": [{"name": one.name, "gaps": len(one.gaps)} for one in read["cloze"]],
    }


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


print(json.dumps({"anki": anki, "moodle": moodle, "csv": table}[sys.argv[1]](*sys.argv[2:])))
