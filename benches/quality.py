#!/usr/bin/env python3
"""Drafts the cases of one or several folders and says what the drafts kept, lost and made up.

    cargo build --release
    python3 benches/quality.py target/release/greffier benches/cases
    python3 benches/quality.py target/release/greffier benches/cases/held-back --json quality.json

A case is NAME.txt, the raw notes, with NAME.toml beside it:

    task      = "pv" | "courriel" | "affiche"    the verb
    args      = [...]            further arguments; a file beside the case by its name
    office    = "FILE.toml"      the office sheet, beside the case
    must      = [regex, ...]     each has to match the document
    must_not  = [regex, ...]     none may match it
    flag      = [regex, ...]     each has to match a finding
    computed  = ["216,05", ...]  numbers that the document may carry and the notes do not
    max_words = 90               upper bound on the document's words
    known     = [regex, ...]     findings that are right though no trap of the case
    held_back = true             nobody tunes on it

    [expected]                   the record, as far as the notes decide it; people by surname
    present, excused, absent, arrivals, departures = ["Surname", ...]
    guests    = [...]            people who may also be listed as present
    proxies   = [["giver", "holder"], ...]
    present_count, proxy_count, quorum = 24
    chair, secretary = "Surname"
    votes     = [{ item = 3, for = 10, against = 2, abstain = 1 }, { item = 1, unanimous = true },
                 { item = 4, impossible = true }, { item = 6, none = true }]

(?i) anywhere in a regex makes all of it ignore case. What of the record is not as expected counts
as flagged when a finding to check is about it, else as wrong.
"""

import argparse
import json
import re
import subprocess
import sys
import time
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPACES = re.compile("[\u00a0\u2000-\u200a\u202f]")
NUMBER = re.compile(r"\d+(?:[ .]\d{3})*(?:,\d+)?")
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# Words of the program's own forms, and those that open a sentence without being names.
FORMS = """
a à abandonnée absence absent absente absents absentes accord action actions adopté adoptée ajourné
après arrêté arrivée arrivées assemblée association au aucun aucune aux avec avis avril août
celle celui cette ces chapitre code commission commune compléter compte conseil contre date décembre
décision décisions délibération délibérations départ départs depuis des deux du échéance elle elles en
entre est et excusé excusée excusés extraits fait février française générale hors heure huis clos ii iii
il ils je pratique informations invités janvier jour juillet juin la le les leur lieu liste location lors madame
maire mairie majorité requise scrutateur scrutateurs mars mai maison membres mesdames messieurs mise mme monsieur montant municipal ne no nombre
non notre nous novembre objet octobre on ordinaire ordre ouverture par paris participants personne
pj plusieurs point points pour pouvoir pouvoirs pourquoi premier présence présences présent présente présents
présentes présidence président présidente prochaine projet proposition public publique procès-verbal que
qui quand quoi quorum rapport rapporteur rejeté rejetée réunion représentés république rédaction
résolution résultat sa scrutin se séance secrétaire secrétariat septembre si ses son sur suite table tous
tout toutefois trois type un une unanimité voix vote voies votes votants vu cgct ttc ht tva pv ca ag ago
age iv vi
""".split()


def say(text):
    print(text, file=sys.stderr, flush=True)


def plain(text):
    """Spaces and apostrophes of French typography as those of a keyboard."""
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).replace("’", "'")


def fold(text):
    """Lower case, no accents."""
    decomposed = unicodedata.normalize("NFD", plain(text).lower().replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def found(pattern, text):
    """Whether the pattern matches; an (?i) anywhere in it makes all of it ignore case."""
    return re.search(pattern.replace("(?i)", ""), text, re.I if "(?i)" in pattern else 0)


# --- numbers ---------------------------------------------------------------------------------


def canonical(number):
    """Without leading zeros, and without zeros that end the decimals."""
    whole, _, decimals = number.partition(",")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def numbers(text):
    """Every number of the text; a grouped one counts as a whole and as its groups."""
    values = set()
    for match in NUMBER.finditer(plain(text)):
        parts = re.findall(r"\d+(?:,\d+)?", match.group())
        values |= {canonical(n) for n in (re.sub("[ .]", "", match.group()), *parts)}
    return values


def numbers_of_notes(text):
    """The numbers of the notes, and those that their dates, hours and prices turn into."""
    text = plain(text)
    values = {"0", "1", "2"} | numbers(text) | numbers(text.replace(".", " "))
    values |= numbers(re.sub(r"[/hH:€–-]", " ", text))
    values |= numbers(re.sub(r"(\d)\.(\d\d)\b", r"\1,\2", text))
    for day, month, year in re.findall(r"\b(\d\d?)[/.-](\d\d?)(?:[/.-](\d{2}(?:\d\d)?))?\b", text):
        values |= {canonical(day), canonical(month)} | ({year, "20" + year[-2:]} if year else set())
    return values | {"20" + year for year in re.findall(r"\b2\d\b", text)}


def marks(document):
    """Numbers that only number a heading or an entry of a list."""
    found_marks = re.finditer(r"^\W*(\d{1,2})[.)°]? ", document, re.M)
    return {canonical(match.group(1)) for match in found_marks}


# --- names -----------------------------------------------------------------------------------


def common_words():
    """Words that are no names: those of the forms, and the program's own lists."""
    words = {fold(word) for word in FORMS}
    for path in ("src/reading/common_words.txt", "src/ground/lexicon.txt"):
        if (ROOT / path).exists():
            words |= set(fold((ROOT / path).read_text(encoding="utf-8")).split())
    return words


def words(text):
    """The folded words, compound ones also in their parts."""
    whole = WORD.findall(fold(text))
    return set(whole) | {part for word in whole for part in re.split("['-]", word)}


def strange_names(document, sources, common):
    """Capitalised words that no source carries.

    Where a sentence or a line begins, a word whose stem the sources have is none.
    """
    known = words(sources) | common
    stems = {word[:5] for word in known if len(word) > 3}
    strange = []
    document = re.sub(r"\[À COMPLÉTER[^\]]*\]", " ", plain(document))
    for match in WORD.finditer(document):
        parts = [p for p in re.split("['-]", match.group()) if len(p) > 1 and p[0].isupper()]
        before = document[: match.start()].rstrip(" *_#>|«\"-–—(")
        opens = not before or before[-1] in ".:;!?\n)" or before[-1].isdigit()
        for part in map(fold, parts):
            if part not in known and not (opens and part[:5] in stems):
                strange.append(match.group())
    return sorted(set(strange))


# --- the record against what is expected -------------------------------------------------------


# Where the record counts by listing.
LISTS = {"present_count": "present", "proxy_count": "proxies"}


def name_of(entry):
    """The name in an entry of the record, which may be a table."""
    if isinstance(entry, dict):
        entry = entry.get("name") or entry.get("nom") or ""
    return entry if isinstance(entry, str) else ""


def is_person(expected, name):
    return set(WORD.findall(fold(expected))) <= words(name)


def compare_people(what, expected, listed, guests):
    """What differs between the people expected and those listed, one (text, surname) each."""
    names = [name for name in map(name_of, listed or []) if name]
    lost = [e for e in expected if not any(is_person(e, n) for n in names)]
    extra = [n for n in names if not any(is_person(e, n) for e in expected + guests)]
    differences = [(f"{what} : {e} manque", e) for e in lost]
    return differences + [(f"{what} : {n} en trop", n.split()[-1]) for n in extra]


def compare_attendance(expected, record):
    """Attendance, quorum and offices: how many were compared, and what differs."""
    attendance = record.get("attendance") or {}
    guests = expected.get("guests", [])
    compared, differences = 0, []
    for what in ("present", "arrivals", "departures", "excused", "absent"):
        if what in expected:
            compared += max(1, len(expected[what]))
            # Guests are let pass everywhere: forms differ in where they are listed.
            differences += compare_people(what, expected[what], attendance.get(what), guests)
    for what in ("present_count", "proxy_count", "quorum"):
        if what in expected:
            compared += 1
            value = attendance.get(what)
            if value is None and what in LISTS:
                value = len(attendance.get(LISTS[what]) or []) or None
            if value != expected[what]:
                differences.append((f"{what} : {value} au lieu de {expected[what]}", "quorum"))
    for what in ("chair", "secretary"):
        if what in expected:
            compared += 1
            name = name_of(record.get(what) or "")
            if not is_person(expected[what], name):
                text = f"{what} : {name or 'rien'} au lieu de {expected[what]}"
                differences.append((text, expected[what]))
    return compared, differences


def compare_proxies(expected, record):
    if "proxies" not in expected:
        return 0, []
    listed = (record.get("attendance") or {}).get("proxies") or []
    listed = [p for p in listed if isinstance(p, dict)]
    pairs = [(name_of(p.get("giver")), name_of(p.get("holder"))) for p in listed]

    def is_pair(wanted, pair):
        return all(map(is_person, wanted, pair))

    differences = [
        (f"pouvoir {e[0]} -> {e[1]} manque", e[0])
        for e in expected["proxies"]
        if not any(is_pair(e, p) for p in pairs)
    ]
    differences += [
        (f"pouvoir {p[0]} -> {p[1]} en trop", p[0].split()[-1] if p[0] else "pouvoir")
        for p in pairs
        if not any(is_pair(e, p) for e in expected["proxies"])
    ]
    return max(1, len(expected["proxies"])), differences


BALLOT = ("in_favour", "against", "abstentions")


def vote_differs(expected, vote):
    """Why the vote of the record is not the expected one; nothing when it is."""
    stated = bool(vote) and vote.get("possible") is not False
    if expected.get("none") or expected.get("impossible"):
        return f"un vote est donné : {counts(vote)}" if stated else None
    if not stated:
        return "le vote manque"
    in_favour, *others = [vote.get(key) for key in BALLOT]
    others = [n or 0 for n in others]
    if expected.get("unanimous"):
        fine = others == [0, 0] and (vote.get("unanimous") or in_favour)
    else:
        uncounted = in_favour is None and vote.get("unanimous")
        same = uncounted or in_favour == expected["for"]
        fine = same and others == [expected["against"], expected["abstain"]]
    return None if fine else f"le vote est {counts(vote)}"


def counts(vote):
    listed = "/".join(str(vote.get(key)) for key in BALLOT).replace("None", "?")
    return listed + (" unanime" if vote.get("unanimous") else "")


def compare_votes(expected, record):
    items = record.get("items") or []
    differences = []
    for vote in expected.get("votes", []):
        number = vote["item"]
        named = [item for item in items if item.get("number") == number]
        unnumbered = all(item.get("number") is None for item in items)
        if not named and unnumbered and number <= len(items):
            named = [items[number - 1]]
        title = named[0].get("title", "") if named else f"point {number}"
        why = vote_differs(vote, (named[0].get("vote") or {}) if named else {})
        if why:
            differences.append((f"point {number} ({title}) : {why}", title or f"point {number}"))
    return len(expected.get("votes", [])), differences


def about(key, findings, kinds):
    """Whether a finding to check is about the person or the item."""
    key = fold(key)
    return any(
        f.get("severity") == "check"
        and key in fold(f["message"])
        and (not kinds or f.get("kind") in kinds)
        for f in findings
    )


def compare_record(expected, record, findings):
    """For attendance, proxies and votes: how many are right, flagged, wrong, and the last."""
    of_votes = ("vote", "off_agenda", "quorum", "correction", "uncertain", "missing")
    parts = {
        "attendance": (compare_attendance, ()),
        "proxies": (compare_proxies, ()),
        "votes": (compare_votes, of_votes),
    }
    result = {}
    for part, (compare, kinds) in parts.items():
        compared, differences = compare(expected, record)
        flagged = [text for text, key in differences if about(key, findings, kinds)]
        wrong = [text for text, key in differences if not about(key, findings, kinds)]
        right = max(0, compared - len(differences))
        result[part] = {"compared": compared, "right": right, "flagged": flagged, "wrong": wrong}
    return result


def prose(record, findings):
    """Sentences of the accounts, those from the model, and the items that hold one of these."""
    by_rule = fold(" ".join(f["message"] for f in findings if f.get("kind") == "prose"))
    sentences = from_model = items = items_from_model = 0
    for item in record.get("items") or []:
        clauses = {fold(clause).strip(" .-*") for clause in item.get("clauses") or []}
        account = item.get("account") or []
        copied = [fold(s) in by_rule or fold(s).strip(" .-*") in clauses for s in account]
        sentences, from_model = sentences + len(account), from_model + copied.count(False)
        items, items_from_model = items + bool(account), items_from_model + (False in copied)
    return {
        "sentences": sentences,
        "from_model": from_model,
        "items": items,
        "items_from_model": items_from_model,
    }


# --- one case, all cases -----------------------------------------------------------------------


def run(binary, case, spec, options):
    """The program's answer to the case, and the seconds it took."""
    command = [str(binary), spec["task"], str(case)]
    if "office" in spec:
        command += ["--fiche", str(case.parent / spec["office"])]
    beside = {arg: case.parent / arg for arg in spec.get("args", [])}
    given = [str(path) if path.is_file() else arg for arg, path in beside.items()]
    command += [*given, *options.arguments, "--json"]
    start = time.monotonic()
    done = subprocess.run(command, capture_output=True, timeout=options.timeout, check=False)
    seconds = time.monotonic() - start
    if done.returncode not in (0, 1):
        last = done.stderr.decode(errors="replace").strip()[-300:]
        raise RuntimeError(f"statut {done.returncode} : {last}")
    return json.loads(done.stdout), seconds


def score(case, spec, answer, seconds, common):
    notes = case.read_text(encoding="utf-8")
    # A message that is answered is a source too.
    beside = [case.parent / arg for arg in spec.get("args", [])]
    notes += "".join(path.read_text(encoding="utf-8") for path in beside if path.is_file())
    sheet = (case.parent / spec["office"]).read_text(encoding="utf-8") if "office" in spec else ""
    document, findings = plain(answer["document"]), answer.get("findings") or []
    record, receipt = answer.get("record") or {}, answer.get("receipt") or {}
    said = plain("\n".join(json.dumps(f, ensure_ascii=False) for f in findings))
    allowed = numbers_of_notes(notes) | numbers_of_notes(sheet) | marks(document)
    allowed |= {n for text in spec.get("computed", []) for n in numbers(text)}
    excused = spec.get("flag", []) + spec.get("known", [])
    to_check = [f["message"] for f in findings if f.get("severity") == "check"]
    words_ = len(document.split())
    return {
        "case": case.stem,
        "must": len(spec.get("must", [])),
        "missing": [r for r in spec.get("must", []) if not found(r, document)],
        "forbidden": [r for r in spec.get("must_not", []) if found(r, document)],
        "flags": len(spec.get("flag", [])),
        "unflagged": [r for r in spec.get("flag", []) if not found(r, said)],
        "unsupported_numbers": sorted(numbers(document) - allowed),
        "strange_names": strange_names(document, notes + "\n" + sheet, common),
        "too_long": words_ if words_ > spec.get("max_words", words_) else 0,
        "record": compare_record(spec.get("expected", {}), record, findings),
        "prose": prose(record, findings),
        "findings": len(findings),
        "to_check": len(to_check),
        "unexplained": [m for m in to_check if not any(found(r, plain(m)) for r in excused)],
        "kinds": dict(Counter(f.get("kind", "?") for f in findings)),
        "blanks": len(re.findall(r"\[À COMPLÉTER", document)),
        "words": words_,
        "seconds": round(seconds, 1),
        "tokens_in": receipt.get("tokens_in", 0),
        "tokens_out": receipt.get("tokens_out", 0),
    }


SUMS = "must flags findings to_check blanks words seconds tokens_in tokens_out too_long".split()
LISTED = "missing forbidden unflagged unsupported_numbers strange_names unexplained".split()


def sum_up(rows):
    """The same figures over all cases that ran."""
    total = {"case": "ensemble", "cases": len(rows)}
    for key in SUMS:
        total[key] = round(sum(row[key] for row in rows), 1)
    for key in LISTED:
        total[key] = [entry for row in rows for entry in row[key]]
    total["record"] = {
        part: {
            "compared": sum(row["record"][part]["compared"] for row in rows),
            "right": sum(row["record"][part]["right"] for row in rows),
            "flagged": [text for row in rows for text in row["record"][part]["flagged"]],
            "wrong": [text for row in rows for text in row["record"][part]["wrong"]],
        }
        for part in ("attendance", "proxies", "votes")
    }
    total["prose"] = dict.fromkeys(("sentences", "from_model", "items", "items_from_model"), 0)
    for row in rows:
        for key, count in row["prose"].items():
            total["prose"][key] += count
    total["kinds"] = dict(sum((Counter(row["kinds"]) for row in rows), Counter()))
    return total


COLUMNS = (
    "cas|faits|interdits|pièges|nombres|noms|présences|pouvoirs|votes|modèle"
    "|à vérifier (inexpliqués)|s|jetons lus/écrits"
).split("|")
HEADER = ("| " + " | ".join(COLUMNS) + " |", "| --- |" + " ---: |" * (len(COLUMNS) - 1))


def line(row):
    """A row of the table; parts of the record are « right + flagged / compared »."""

    def part(name):
        p = row["record"][name]
        flagged = f"+{len(p['flagged'])}" if p["flagged"] else ""
        return f"{p['right']}{flagged}/{p['compared']}" if p["compared"] else "–"

    cells = [
        row["case"],
        f"{row['must'] - len(row['missing'])}/{row['must']}",
        len(row["forbidden"]),
        f"{row['flags'] - len(row['unflagged'])}/{row['flags']}",
        len(row["unsupported_numbers"]),
        len(row["strange_names"]),
        part("attendance"),
        part("proxies"),
        part("votes"),
        f"{row['prose']['items_from_model']}/{row['prose']['items']}",
        f"{row['to_check']} ({len(row['unexplained'])})",
        f"{row['seconds']:.1f}".replace(".", ","),
        f"{row['tokens_in']}/{row['tokens_out']}",
    ]
    return "| " + " | ".join(map(str, cells)) + " |"


def details(row):
    """What is behind the figures, for a person to judge."""
    lists = {
        "perdu": row["missing"],
        "interdit": row["forbidden"],
        "piège non signalé": row["unflagged"],
        "nombre sans source": row["unsupported_numbers"],
        "nom sans source": row["strange_names"],
        "constat inexpliqué": row["unexplained"],
    }
    for name in ("attendance", "proxies", "votes"):
        lists[f"{name} faux"] = row["record"][name]["wrong"]
        lists[f"{name} signalé"] = row["record"][name]["flagged"]
    lines = [f"    {title} : {entry}" for title, entries in lists.items() for entry in entries]
    if row["too_long"]:
        lines.append(f"    trop long : {row['too_long']} mots")
    return lines


def cases(folders, only):
    """Notes with expectations beside them; other .toml files are office sheets."""
    for folder in folders:
        for expectations in sorted(folder.glob("*.toml")):
            notes = expectations.with_suffix(".txt")
            if notes.exists() and (not only or notes.stem in only):
                yield notes, tomllib.loads(expectations.read_text(encoding="utf-8"))


def keep(folder, name, answer):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.md").write_text(answer["document"], encoding="utf-8")
    for part in ("findings", "record"):
        text = json.dumps(answer.get(part), ensure_ascii=False, indent=1)
        (folder / f"{name}.{part}.json").write_text(text, encoding="utf-8")


def write(path, rows, failed):
    if path:
        figures = {"cases": rows, "failed": failed, "total": sum_up(rows)}
        path.write_text(json.dumps(figures, ensure_ascii=False, indent=1), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary", type=Path, help="the program, such as target/release/greffier")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of cases")
    parser.add_argument("--only", action="append", metavar="NAME", help="this case; may be repeated")
    parser.add_argument("--model", help="the model to draft with")
    parser.add_argument("--out", type=Path, help="folder for drafts, findings and records")
    parser.add_argument("--json", type=Path, help="file for all figures")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds given to one case")
    given = parser.parse_args()
    given.arguments = ["--modele", given.model] if given.model else []
    common = common_words()
    rows, failed = [], []
    for case, spec in cases(given.folders, given.only):
        say(case.stem)
        try:
            answer, seconds = run(given.binary, case, spec, given)
            row = score(case, spec, answer, seconds, common)
        except (RuntimeError, OSError, subprocess.TimeoutExpired, ValueError, KeyError) as error:
            # A case that fails is reported, and is not the end of the run.
            failed.append({"case": case.stem, "error": str(error)[:500]})
            say(f"    échec : {failed[-1]['error']}")
            continue
        rows.append(row)
        if given.out:
            keep(given.out, case.stem, answer)
        print("\n".join([row["case"], *details(row)]), flush=True)
        # Written after each case: a long run that is stopped keeps what it measured.
        write(given.json, rows, failed)
    total = sum_up(rows)
    print("\n" + "\n".join([*HEADER, *map(line, rows), *([line(total)] if rows else [])]))
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(total["kinds"].items()))
    print(f"\nConstats par nature : {kinds or 'aucun'}")
    sentences = total["prose"]
    print(f"Phrases venues du modèle : {sentences['from_model']} sur {sentences['sentences']}")
    for failure in failed:
        print(f"ÉCHEC {failure['case']} : {failure['error']}")
    write(given.json, rows, failed)
    sys.exit(1 if failed or not rows else 0)


if __name__ == "__main__":
    main()
