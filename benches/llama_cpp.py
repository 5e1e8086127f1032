"""llama.cpp's programs, built once from the source package llama-cpp-python into a cache folder."""

import os
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import urljoin
from urllib.request import urlopen

PACKAGE = "llama-cpp-python"
VERSION = "0.3.36"
ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "greffier-compare"
PROGRAMS = (
    "llama-bench",
    "llama-batched-bench",
    "llama-completion",
    "llama-perplexity",
    "llama-tokenize",
)
VARIANTS = {
    "native": ["-DGGML_NATIVE=ON"],
    "avx2": ["-DGGML_NATIVE=OFF"]
    + [f"-DGGML_{feature}=ON" for feature in ("SSE42", "AVX", "AVX2", "FMA", "F16C", "BMI2")],
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, **options):
    """Runs a command; answers its output and the most memory it held, in MB."""
    # A compiler's warnings would fill a pipe that nobody reads yet.
    with tempfile.TemporaryFile(mode="w+") as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, text=True, **options
        )
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"échec de {' '.join(map(str, command))} :\n{errors.read()[-2000:]}")
    return output, usage.ru_maxrss * 1024 / 1e6


def index_url():
    configured = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    return configured or os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple"


def fetch_source(cache):
    """The sources of llama.cpp; pip itself would build the package's tools first."""
    folder = cache / f"llama_cpp_python-{VERSION}"
    if not folder.exists():
        page = f"{index_url().rstrip('/')}/{PACKAGE}/"
        with urlopen(page, timeout=60) as answer:
            links = re.findall(r'href="([^"]+)"', answer.read().decode())
        wanted = [link for link in links if f"-{VERSION}.tar.gz" in link]
        if not wanted:
            sys.exit(f"{PACKAGE} {VERSION} est introuvable : vérifiez le dépôt de paquets")
        archive = cache / "source.tar.gz"
        with urlopen(urljoin(page, wanted[0].split("#")[0]), timeout=600) as answer:
            archive.write_bytes(answer.read())
        with tarfile.open(archive) as tar:
            tar.extractall(cache, filter="data")
        archive.unlink()
    return folder / "vendor" / "llama.cpp"


def build(cache, variant):
    """The folder of llama.cpp's programs, built if they are not there."""
    cache.mkdir(parents=True, exist_ok=True)
    programs = cache / variant / "bin"
    if not all((programs / name).exists() for name in PROGRAMS):
        source = fetch_source(cache)
        say(f"compilation de llama.cpp ({variant})")
        options = VARIANTS[variant] + ["-DCMAKE_BUILD_TYPE=Release", "-DLLAMA_CURL=OFF"]
        options += ["-DLLAMA_BUILD_TESTS=OFF", "-DLLAMA_BUILD_EXAMPLES=OFF"]
        options += ["-DLLAMA_BUILD_SERVER=OFF", "-DLLAMA_OPENSSL=OFF"]
        run(["cmake", "-S", source, "-B", cache / variant, *options])
        jobs = ["-j", str(os.cpu_count())]
        run(["cmake", "--build", cache / variant, *jobs, "--target", *PROGRAMS])
    return programs
