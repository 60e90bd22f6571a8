"""Bytes of the static files that the province page loads."""

import sys
from pathlib import Path

import brotli

from ntm_tracker.web.staticfiles import VENDOR_FILES, package_file

ROOT = Path(__file__).resolve().parent.parent.parent
PLOTLY = "plotly.min.js"


def sizes() -> dict[str, tuple[int, int]]:
    """Each file's size in bytes, raw and in brotli's best, as WhiteNoise serves it."""
    paths = {path.name: path for path in sorted(ROOT.glob("static/*"))}
    paths |= {name: package_file(*where) for name, where in VENDOR_FILES.items()}
    return {
        name: (path.stat().st_size, len(brotli.compress(path.read_bytes())))
        for name, path in paths.items()
    }


def report() -> None:
    found = sizes()
    lines = ["\nstatic files in kB: raw, brotli"]
    lines += [
        f"{name:<40}{raw / 1000:>10.1f}{small / 1000:>10.1f}"
        for name, (raw, small) in found.items()
    ]
    rest = [size for name, size in found.items() if name != PLOTLY]
    lines.append(
        f"{'all but ' + PLOTLY:<40}{sum(raw for raw, _small in rest) / 1000:>10.1f}"
        f"{sum(small for _raw, small in rest) / 1000:>10.1f}"
    )
    sys.stdout.write("\n".join(lines) + "\n")
