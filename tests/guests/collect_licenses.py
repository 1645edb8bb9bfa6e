"""Copies into licenses/ the licences of what is linked into the guests, from the installed packages.

collect_licenses.py SYSROOT REGISTRY_SOURCES SITE_PACKAGES NODE_MODULES; `build` calls it.
"""
import html
import re
import shutil
import sys
from pathlib import Path

CRATES = [
    "aho-corasick-1.1.5", "bitflags-2.13.2", "itoa-1.0.18", "memchr-2.8.3", "pulldown-cmark-0.13.6",
    "pulldown-cmark-escape-0.11.0", "regex-1.13.1", "regex-automata-0.4.18", "regex-syntax-0.8.11",
    "serde_core-1.0.229", "serde_json-1.0.154", "unicase-2.10.0", "zmij-1.0.23",
]
# What the Rust standard library takes from elsewhere for WASI.
STANDARD_LIBRARY_CRATES = ["cfg-if", "dlmalloc", "foldhash", "hashbrown", "libc", "rustc-demangle", "wasi-0.11"]


def plain(markup):
    text = html.unescape(re.sub(r"<[^>]+>", "", markup))
    return re.sub(r"\n\s*\n+", "\n\n", text).strip() + "\n"


def copy(source, folder, name=None):
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, folder / (name or source.name))


def license_files(crate):
    """The files to copy from the folder of a crate. Where there is a choice, MIT is taken."""
    files = sorted(file for file in crate.iterdir() if file.is_file())
    mit = [file for file in files if re.match(r"licen[cs]e[-_.]mit", file.name, re.I)]
    unicode = [crate / "src/unicode_tables/LICENSE-UNICODE"]
    named = [file for file in files if re.match(r"(un)?licen[cs]e|copying|copyright|notice", file.name, re.I)]
    return [file for file in (mit or named) + unicode if file.exists()]


def collect_crates(licenses, sources, crates):
    """Copies the licences of `crates`, each a name with its version, and returns those that have no such file."""
    without = []
    for crate in crates:
        files = license_files(next(sources.glob(f"*/{crate}")))
        for file in files:
            copy(file, licenses / crate)
        if not files:
            without.append(crate)
    return without


def collect_standard_library(licenses, sysroot, crates):
    """Copies what holds for Rust's standard library, and for the `crates` that it takes from elsewhere."""
    notices = (sysroot / "share/doc/rust/COPYRIGHT-library.html").read_text()
    general, others = notices.split('<h2 id="out-of-tree-dependencies">')
    general = general[general.index('<h2 id="longer-version">'):]
    (licenses / "rust-std").mkdir(parents=True, exist_ok=True)
    (licenses / "rust-std/COPYRIGHT").write_text(plain(general))
    for name in ["Apache-2.0.txt", "MIT.txt", "LLVM-exception.txt", "Unicode-3.0.txt"]:
        copy(sysroot / "share/doc/rust/licenses" / name, licenses / "rust-std")
    sections = others.split("<h3>")
    for crate in crates:
        section = next(section for section in sections if f" {crate}" in section.split("</h3>")[0])
        parts = re.findall(r"<code>LICENSE(?:-MIT)?</code></summary>\s*<pre>(.*?)</pre>", section, re.S)
        (licenses / f"rust-std/LICENSE-{crate}").write_text(plain(parts[0]))


def collect(licenses, sysroot, sources, packages, modules):
    collect_crates(licenses, sources, CRATES)
    collect_standard_library(licenses, sysroot, STANDARD_LIBRARY_CRATES)
    libc = packages / "ziglang/lib/libc"
    for name in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE-LLVM"]:
        copy(libc / "wasi" / name, licenses / "wasi-libc")
    copy(libc / "musl/COPYRIGHT", licenses / "wasi-libc", "COPYRIGHT-musl")
    copy(packages / "ziglang/LICENSE", licenses / "zig")
    # The package leaves out Go's own file; the Go project's other modules have the same text.
    copy(packages / "go/src/cmd/vendor/golang.org/x/sys/LICENSE", licenses / "go")
    for name in ["LICENSE", "NOTICE"]:
        copy(modules / "assemblyscript" / name, licenses / "assemblyscript")
    copy(modules / "@assemblyscript/wasi-shim/LICENSE", licenses / "assemblyscript-wasi-shim")


if __name__ == "__main__":
    collect(Path(__file__).parent / "licenses", *map(Path, sys.argv[1:]))
