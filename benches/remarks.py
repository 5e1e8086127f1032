#!/usr/bin/env python3
"""Learns which clauses of notes are private talk, from labelled examples.

    python3 benches/remarks.py             # writes src/reading/gossip.tsv
    python3 benches/remarks.py --check     # five-fold cross-validation only

The examples are benches/remarks/*.tsv, one a line: `k` (belongs in a document) or `d` (private
talk), a tab, the clause. All were written for this purpose. The classifier is a logistic
regression on words, their beginnings, pairs of beginnings and groups of four letters; the program
reads its weights, in hundredths, and computes the same features (src/reading/gossip.rs).
"""

import argparse
import math
import re
import unicodedata
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOKEN = re.compile(r"[a-z]+|\d+|[?!€%+=\"]")
# A feature seen in fewer examples tells more of the example than of the language.
LEAST = 4
# Weights beyond what the examples need are held back by this much.
RIDGE = 1.0
STEPS = 150


def fold(text):
    text = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in text if not unicodedata.combining(c))


def features(clause):
    tokens = ["#" if t[0].isdigit() else t for t in TOKEN.findall(fold(clause))]
    stems = [t[:5] for t in tokens]
    found = {"s:" + s for s in stems}
    found |= {"w:" + t for t in tokens if len(t) > 5}
    found |= {f"b:{a}_{b}" for a, b in zip(["^", *stems], [*stems, "$"])}
    for token in tokens:
        if len(token) > 3:
            padded = f"<{token}>"
            found |= {"c:" + padded[i : i + 4] for i in range(len(padded) - 3)}
    return found


def examples():
    rows = []
    for path in sorted((ROOT / "benches" / "remarks").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label, clause = line.split("\t", 1)
            rows.append((1.0 if label == "d" else 0.0, features(clause)))
    return rows


def learn(rows):
    """Weights by accelerated gradient descent on the whole set."""
    counts = Counter(f for _, found in rows for f in found)
    known = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    lists = [[known[f] for f in sorted(found) if f in known] for _, found in rows]
    weights, ahead, bias, bias_ahead = [0.0] * len(known), [0.0] * len(known), 0.0, 0.0
    # A bound of the curvature: a quarter of the longest example, and the ridge.
    step = 1 / (0.25 * sum(len(found) for found in lists) / 8 + RIDGE)
    for turn in range(STEPS):
        slope, bias_slope = [RIDGE * w for w in ahead], 0.0
        for (label, _), found in zip(rows, lists):
            score = bias_ahead + sum(ahead[i] for i in found)
            miss = 1 / (1 + math.exp(-max(-30, min(30, score)))) - label
            bias_slope += miss
            for i in found:
                slope[i] += miss
        momentum = turn / (turn + 3)
        new = [a - step * s for a, s in zip(ahead, slope)]
        new_bias = bias_ahead - step * bias_slope
        ahead = [n + momentum * (n - w) for n, w in zip(new, weights)]
        bias_ahead = new_bias + momentum * (new_bias - bias)
        weights, bias = new, new_bias
    return {f: round(100 * weights[i]) for f, i in known.items()}, round(100 * bias)


def score(model, found):
    weights, bias = model
    return bias + sum(weights.get(f, 0) for f in found)


def check(rows):
    right = kept = 0
    for fold_number in range(5):
        model = learn([r for i, r in enumerate(rows) if i % 5 != fold_number])
        for label, found in (r for i, r in enumerate(rows) if i % 5 == fold_number):
            right += (score(model, found) > 0) == (label == 1)
            kept += label == 0 and score(model, found) > 150
    print(f"{right / len(rows):.1%} right; {kept / sum(r[0] == 0 for r in rows):.1%} of what belongs in a document would be left out")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    rows = examples()
    if parser.parse_args().check:
        return check(rows)
    weights, bias = learn(rows)
    lines = [
        "# Made by benches/remarks.py from benches/remarks/*.tsv. Feature, tab, weight in hundredths.",
        f"bias\t{bias}",
        *(f"{f}\t{w}" for f, w in sorted(weights.items()) if w),
    ]
    (ROOT / "src" / "reading" / "gossip.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
