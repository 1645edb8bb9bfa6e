"""Copies into licenses/ the licences of what is linked into the cases, from the installed packages.

licenses.py SYSROOT REGISTRY_SOURCES, with lines `NAME-VERSION|LICENCE` of crates on standard input; `build` calls it.
"""
import shutil
import sys
from pathlib import Path

CASES = Path(__file__).resolve().parent
sys.path.append(str(CASES / "../../tests/guests"))
sys.dont_write_bytecode = True

from collect_licenses import collect_crates, collect_standard_library  # noqa: E402

# What the Rust standard library takes from elsewhere for a system that it does not know.
STANDARD_LIBRARY_CRATES = ["cfg-if", "dlmalloc", "foldhash", "hashbrown", "rustc-demangle"]


def collect(licenses, sysroot, sources, lines):
    crates = dict(line.strip().split("|") for line in lines)
    shutil.rmtree(licenses, ignore_errors=True)
    without = set(collect_crates(licenses, sources, sorted(crates)))
    collect_standard_library(licenses, sysroot, STANDARD_LIBRARY_CRATES)
    rows = [f"{crate}\t{crates[crate]}\t{'no' if crate in without else 'yes'}\n" for crate in sorted(crates)]
    (licenses / "crates.tsv").write_text("crate\tlicence\tpackage has its text\n" + "".join(rows))


if __name__ == "__main__":
    collect(CASES / "licenses", *map(Path, sys.argv[1:]), sys.stdin)
