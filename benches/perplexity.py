#!/usr/bin/env python3
"""Compares greffier with llama.cpp: how well both foresee the same French text with the same file.

    python3 benches/perplexity.py --gguf MODEL.gguf [OTHER.gguf ...]

The text is the French Debian FAQ (GPL, fetched with apt-get), or the one given with --text. Both
read windows of 512 tokens, the tokens of llama.cpp, and foresee the second half of each.
"""

import argparse
import gzip
import json
import os
import re
import tempfile
from pathlib import Path

from llama_cpp import CACHE, ROOT, build, run, say

PACKAGE = "debian-faq-fr"
WINDOW = 512


def fetch_text(cache):
    """The prose of the FAQ: its paragraphs, each on one line."""
    prose = cache / "perplexity.txt"
    if not prose.exists():
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            say(f"téléchargement de {PACKAGE}")
            run(["apt-get", "download", PACKAGE], cwd=folder)
            archive = next(Path(folder).glob("*.deb"))
            run(["dpkg-deb", "-x", str(archive), folder])
            document = next(Path(folder).rglob("*.fr.txt.gz"))
            text = gzip.decompress(document.read_bytes()).decode()
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", text)]
        # Shorter ones are titles and lists, a longer one is the table of contents.
        kept = [p for p in paragraphs if 200 <= len(p) <= 3000]
        prose.write_text("\n\n".join(kept) + "\n")
    return prose


def tokenize(programs, model, text, *options):
    command = [programs / "llama-tokenize", "-m", model, "-f", text, "--ids", *options]
    command += ["--no-escape", "--no-parse-special", "--log-disable"]
    return json.loads(run([str(x) for x in command])[0])


def windows(programs, model, text, count):
    """The tokens of each window; where the model wants it, its first one opens a text."""
    tokens = tokenize(programs, model, text)
    opened = len(tokens) > len(tokenize(programs, model, text, "--no-bos"))
    starts = range(0, len(tokens) - WINDOW + 1, WINDOW)
    cut = [tokens[start : start + WINDOW] for start in starts][:count]
    return [[tokens[0], *window[1:]] for window in cut] if opened else cut


def theirs(programs, model, text, count, threads):
    command = [programs / "llama-perplexity", "-m", model, "-f", text, "-t", threads]
    command += ["-c", WINDOW, "-b", WINDOW, "--chunks", count]
    # After each window it prints the perplexity so far.
    output, _ = run([str(x) for x in command])
    return float(re.findall(r"\[\d+\]([\d.]+)", output)[-1])


def ours(model, cut):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(cut, file)
        file.flush()
        command = ["cargo", "bench", "-q", "--bench", "perplexity", "--", str(model), file.name]
        output, _ = run(command, cwd=ROOT)
    return json.loads(output.splitlines()[-1])["perplexity"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gguf", type=Path, nargs="+", required=True, help="models, GGUF files")
    parser.add_argument("--text", type=Path, help="a text of at least 2 windows, in UTF-8")
    parser.add_argument("--windows", type=int, default=40)
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of llama.cpp")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where llama.cpp is built")
    given = parser.parse_args()
    programs = build(given.cache, "native")
    text = given.text.resolve() if given.text else fetch_text(given.cache)
    print("| | jetons | greffier | llama.cpp | écart |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for model in (path.resolve() for path in given.gguf):
        cut = windows(programs, model, text, given.windows)
        mine = ours(model, cut)
        other = theirs(programs, model, text, len(cut), given.threads)
        numbers = f"{mine:.4f} | {other:.4f} | {100 * (mine / other - 1):+.3f} %"
        tokens = len(cut) * WINDOW
        print(f"| {model.stem} | {tokens} | {numbers.replace('.', ',')} |", flush=True)


if __name__ == "__main__":
    main()
