#!/usr/bin/env python3
"""Compares greffier with llama.cpp and candle: same file, threads and token counts, in turns.

    cargo build --release
    python3 benches/compare.py --gguf MODEL.gguf --rounds 3

llama.cpp is built from the source package llama-cpp-python, with native flags and once more without
AVX-512, into a cache folder. Figures are medians over the rounds, ratios are ratios of medians.
"""

import argparse
import json
import os
import statistics
from pathlib import Path

from llama_cpp import CACHE, ROOT, VARIANTS, build, run, say


def llama(programs, model, threads, prompts, context):
    """Measures llama.cpp: prompts, one sequence and four after a context, memory."""
    found = {}
    memory = 0
    for tokens in prompts:
        command = [programs / "llama-bench", "-m", model, "-t", threads, "-o", "json", "-r", "1"]
        output, held = run([str(x) for x in command + ["-p", tokens, "-n", "0"]])
        found[f"prompt {tokens}"] = json.loads(output)[0]["avg_ts"]
        memory = max(memory, held)
    if context:
        command = [programs / "llama-bench", "-m", model, "-t", threads, "-o", "json", "-r", "1"]
        output, _ = run([str(x) for x in command + ["-p", "0", "-n", "32", "-d", context]])
        found["write 1"] = json.loads(output)[0]["avg_ts"]
        command = [programs / "llama-batched-bench", "-m", model, "-t", threads, "-c", 2 * context]
        command += ["-b", "512", "-ub", "512", "-npp", context, "-ntg", "32", "-npl", "4"]
        command += ["-pps", "--kv-unified", "--output-format", "jsonl"]
        output, _ = run([str(x) for x in command])
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        found["write 4"] = lines[-1]["speed_tg"]
        found["memory"] = memory
    return found


def ours(model, threads, prompts, context, isa=None):
    """Measures greffier; the memory is that of the prompts alone, as for llama.cpp."""
    program = ROOT / "target" / "release" / "greffier"
    environment = dict(os.environ, **({"GREFFIER_ISA": isa} if isa else {}))
    base = [program, "banc", "--json", "--gguf", model, "--fils", threads, "--lectures"]
    listed = ",".join(map(str, prompts))
    writes = f"{context}x1,{context}x4" if context else "16x1"
    command = [*base, listed, "--ecritures", writes]
    report = json.loads(run([str(x) for x in command], env=environment)[0])
    found = {f"prompt {p['tokens']}": p["tok_per_s"] for p in report["prompt"]}
    if context:
        for write in report["write"]:
            found[f"write {write['sequences']}"] = write["tok_per_s"]
        longest = [*base, str(max(prompts)), "--ecritures", "16x1"]
        _, found["memory"] = run([str(x) for x in longest], env=environment)
        found["start"] = report["warm_start_s"]
        found["copy"] = (report["lookup"] or {}).get("copy")
        found["prose"] = (report["lookup"] or {}).get("prose")
        found["read"] = report["read_gb_per_s"]
        found["products"] = report["int8_gmac_per_s"]
    return found


def candle(model, prompts, context):
    """Measures candle, on prompts that it reads in bearable time."""
    listed = ",".join(str(p) for p in prompts if p <= 1024)
    command = ["cargo", "bench", "-q", "--bench", "candle", "--", model, listed, context]
    output, _ = run([str(x) for x in command], cwd=ROOT)
    report = json.loads(output.splitlines()[-1])
    found = {f"prompt {p['tokens']}": p["tok_per_s"] for p in report["prompt"]}
    found["write 1"] = report["write"][0]["tok_per_s"]
    return found


def median(rounds, name):
    values = [r[name] for r in rounds if r.get(name) is not None]
    return statistics.median(values) if values else None


def number(value, digits=0):
    return "–" if value is None else f"{value:.{digits}f}".replace(".", ",")


def table(all_rounds, prompts, context):
    """The README's table."""
    rows = [(f"lecture de {p} jetons, jetons/s", "ours", "native", f"prompt {p}", 0) for p in prompts]
    rows.append((f"lecture de {prompts[0]} jetons sans AVX-512", "ours avx2", "avx2", f"prompt {prompts[0]}", 0))
    rows.append((f"écriture après {context} jetons, jetons/s", "ours", "native", "write 1", 1))
    rows.append((f"quatre textes à la fois après {context}, jetons/s en tout", "ours", "native", "write 4", 1))
    rows.append((f"mémoire au plus haut, {max(prompts)} jetons, Mo", "ours", "native", "memory", 0))
    lines = ["| | greffier | llama.cpp | rapport | candle |", "| --- | ---: | ---: | ---: | ---: |"]
    for title, mine, theirs, name, digits in rows:
        a, b = median(all_rounds[mine], name), median(all_rounds[theirs], name)
        c = median(all_rounds["candle"], name) if mine == "ours" else None
        ratio = number(a / b, 2) if a and b else "–"
        lines.append(f"| {title} | {number(a, digits)} | {number(b, digits)} | {ratio} | {number(c, digits)} |")
    for title, name in (
        ("du démarrage au premier mot, s", "start"),
        ("anticipation, texte recopié, fois plus vite", "copy"),
        ("anticipation, texte libre, fois plus vite", "prose"),
        ("limite de la machine : lecture, Go/s", "read"),
        ("limite de la machine : produits, milliards/s", "products"),
    ):
        lines.append(f"| {title} | {number(median(all_rounds['ours'], name), 2)} | | | |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gguf", type=Path, required=True, help="the model, a GGUF file")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--prompts", default="512,4096")
    parser.add_argument("--context", type=int, default=1024)
    parser.add_argument("--without-candle", action="store_true")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where llama.cpp is built")
    given = parser.parse_args()
    programs = {variant: build(given.cache, variant) for variant in VARIANTS}
    prompts = [int(p) for p in given.prompts.split(",")]
    model, threads, context = given.gguf.resolve(), given.threads, given.context
    measures = {
        "ours": lambda: ours(model, threads, prompts, context),
        "native": lambda: llama(programs["native"], model, threads, prompts, context),
        "ours avx2": lambda: ours(model, threads, prompts[:1], None, "avx2"),
        "avx2": lambda: llama(programs["avx2"], model, threads, prompts[:1], None),
        "candle": lambda: {} if given.without_candle else candle(model, prompts, context),
    }
    all_rounds = {name: [] for name in measures}
    for turn in range(given.rounds):
        for name, measure in measures.items():
            found = measure()
            all_rounds[name].append(found)
            say(f"tour {turn + 1}, {name} : {json.dumps(found)}")
    print(table(all_rounds, prompts, context))


if __name__ == "__main__":
    main()
