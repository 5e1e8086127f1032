#!/usr/bin/env python3
"""Makes stems.txt and endings.txt from a Hunspell French dictionary.

    make.py COMPREHENSIVE CLASSICAL

Both arguments are paths without ending, such as `hunspell/fr` for `fr.aff` and `fr.dic`: version
7.0 of the dictionary in its "toutes variantes" and "classique" editions. Names of persons and
places, prefixes, signs and words with digits are left out: names are written as they were typed.

`endings.txt` has one set of endings a line: the lemma's ending, then `ending/tag/tag`. A word of
`stems.txt` is its stem followed by one of the endings of a set whose line number (from 0) it names.
Tags: n, a, p (noun, adjective, participle) with gender m, f, e (either) and number s, p, i (either);
y infinitive; v, tense p, i, f, c (present, imperfect, future, conditional), number s, p: a third
person; o any other. A trailing ~ marks a spelling that only the larger edition has.
"""
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from os.path import commonprefix
from pathlib import Path

LEFT_OUT = {"npr", "prn", "patr", "err", "pfx", "sfx", "ponc", "sign", "div", "loc.patr"}
TENSES = {"ipre": "p", "iimp": "i", "ifut": "f", "cond": "c"}
HERE = Path(__file__).parent


def fold(text):
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def affixes(path):
    """Flag -> (stripped, added, condition, morphology) of every suffix."""
    found = defaultdict(list)
    for line in open(path, encoding="utf-8"):
        part = line.split()
        if len(part) >= 5 and part[0] == "SFX":
            strip = "" if part[2] == "0" else part[2]
            add = part[3].split("/")[0]
            found[part[1]].append((strip, "" if add == "0" else add, re.compile(f"(?:{part[4]})$"), part[5:]))
    return found


def values(morphology, field):
    return {m[3:] for m in morphology if m.startswith(field)}


def tags(morphology, symbol):
    po, what = values(morphology, "po:"), values(morphology, "is:")
    gender = "m" if "mas" in what else "f" if "fem" in what else "e"
    number = "s" if "sg" in what else "p" if "pl" in what else "i"
    if "infi" in po:
        return {"y"}
    if "ppas" in po:
        return {"p" + gender + number}
    if any(re.match(r"v\d", p) for p in po):
        persons = {"3sg": "s", "3pl": "p", "3pl!": "p"}
        return {"v" + TENSES[t] + persons[p] for t in po & TENSES.keys() for p in po & persons.keys()} or {"o"}
    if symbol or "mg" in po:
        return {"o"}
    return {{"nom": "n", "adj": "a"}[p] + gender + number for p in po & {"nom", "adj"}} or {"o"}


def words(path):
    """(lemma, {form: tags}) of every entry."""
    suffixes = affixes(path + ".aff")
    for line in list(open(path + ".dic", encoding="utf-8"))[1:]:
        head, *morphology = line.split()
        lemma, _, flags = head.partition("/")
        flags = {flags[i : i + 2] for i in range(0, len(flags), 2)}
        po = values(morphology, "po:")
        if not lemma[:1].isalpha() or po & LEFT_OUT or not all(c.isalpha() or c in "-'." for c in lemma):
            continue
        symbol = bool(flags & {"U.", "||", "Um", "Ui"})
        if symbol and len(lemma) == 1:
            continue
        forms = defaultdict(set)
        if "()" not in flags:
            forms[lemma] |= tags(morphology, symbol)
        for flag in sorted(flags & suffixes.keys()):
            for strip, add, condition, more in suffixes[flag]:
                if lemma.endswith(strip) and condition.search(lemma):
                    form = (lemma[: -len(strip)] if strip else lemma) + add
                    forms[form] |= tags(morphology + more, symbol)
        if forms:
            yield lemma, forms


def main(comprehensive, classical):
    known = {(form, tag) for _, forms in words(classical) for form, ts in forms.items() for tag in ts}
    stems = defaultdict(set)
    for lemma, forms in words(comprehensive):
        stem = commonprefix([lemma, *forms])
        endings = []
        for form in sorted(forms, key=lambda f: (f != lemma, len(f), f)):
            ts = forms[form] - {"o"} or forms[form]
            marked = [t + ("" if (form, t) in known else "~") for t in sorted(ts)]
            endings.append("/".join([form[len(stem) :], *marked]))
        stems[stem].add(" ".join(["=" + lemma[len(stem) :], *endings]))
    count = Counter(e for sets in stems.values() for e in sets)
    order = sorted(count, key=lambda e: (-count[e], e))
    number = {e: i for i, e in enumerate(order)}
    (HERE / "endings.txt").write_text("".join(e + "\n" for e in order), encoding="utf-8")
    lines = sorted((fold(s).encode(), s.encode(), sorted(number[e] for e in sets)) for s, sets in stems.items())
    with open(HERE / "stems.txt", "w", encoding="utf-8") as out:
        for _, stem, numbers in lines:
            out.write(stem.decode() + "\t" + " ".join(map(str, numbers)) + "\n")


main(*sys.argv[1:])
