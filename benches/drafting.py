#!/usr/bin/env python3
"""Compares one draft by greffier, checks included, with one plain prompt in llama.cpp, in turns.

    cargo build --release
    python3 benches/drafting.py --gguf MODEL.gguf --rounds 3

The notes are those of the README, the model of both is the same file, and both start from nothing
but files that have been read before. The plain prompt asks for the whole document at once, greedily,
and ends where the model ends it. Figures are medians over the rounds; MODEL.gguf has to be the
default model, which greffier takes from its own folder.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

from llama_cpp import CACHE, ROOT, build, run, say

NOTES = ROOT / "tests" / "fixtures" / "conseil.txt"
SYSTEM = "Vous rédigez des documents administratifs en français, sans rien inventer."
ASK = (
    "Rédigez le procès-verbal de cette séance du conseil municipal d'après ces notes : présents, "
    "absents, pouvoirs, quorum, chaque point de l'ordre du jour avec les débats et le vote.\n\n"
)
# The conversation as models of the Qwen2 family are given it.
TEMPLATE = "<|im_start|>system\n{}<|im_end|>\n<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n"
LONGEST = 2048


def plain_prompt(programs, model, threads, cache):
    """Seconds and words of the document that llama.cpp writes at once."""
    prompt = cache / "prompt.txt"
    prompt.write_text(TEMPLATE.format(SYSTEM, ASK + NOTES.read_text()))
    command = [programs / "llama-completion", "-m", model, "-t", threads, "-f", prompt]
    command += ["-no-cnv", "--no-display-prompt", "--temp", "0", "-n", LONGEST, "-c", 4096]
    started = time.monotonic()
    output, _ = run([str(x) for x in command], stdin=subprocess.DEVNULL)
    return {"seconds": time.monotonic() - started, "words": len(output.split())}


def draft():
    """Seconds and words of greffier's draft; it takes as many threads as there are cores."""
    program = ROOT / "target" / "release" / "greffier"
    started = time.monotonic()
    answer = subprocess.run(
        [str(program), "pv", str(NOTES), "--json"], capture_output=True, text=True, check=False
    )
    # 1 means done, with points to check.
    if answer.returncode not in (0, 1):
        raise SystemExit(answer.stderr)
    seconds = time.monotonic() - started
    return {"seconds": seconds, "words": len(json.loads(answer.stdout)["document"].split())}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gguf", type=Path, required=True, help="the default model, a GGUF file")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=CACHE, help="where llama.cpp is built")
    given = parser.parse_args()
    programs = build(given.cache, "native")
    measures = {
        "greffier": draft,
        "llama.cpp": lambda: plain_prompt(
            programs, given.gguf.resolve(), given.threads, given.cache
        ),
    }
    # Once before the rounds, so that nobody pays for reading the files.
    rounds = {name: [] for name in measures}
    draft()
    for turn in range(given.rounds):
        for name, measure in measures.items():
            found = measure()
            rounds[name].append(found)
            say(f"tour {turn + 1}, {name} : {json.dumps(found)}")
    median = {
        name: {key: statistics.median(found[key] for found in all_found) for key in all_found[0]}
        for name, all_found in rounds.items()
    }
    ours, theirs = median["greffier"], median["llama.cpp"]
    print("| | greffier | llama.cpp, une seule consigne | rapport |")
    print("| --- | ---: | ---: | ---: |")
    ratio = f"{theirs['seconds'] / ours['seconds']:.2f}"
    print(
        f"| procès-verbal de {len(NOTES.read_text().splitlines())} lignes de notes, s "
        f"| {ours['seconds']:.1f} | {theirs['seconds']:.1f} | {ratio} |".replace(".", ",")
    )
    print(f"| mots écrits | {ours['words']:.0f} | {theirs['words']:.0f} | |")


if __name__ == "__main__":
    main()
