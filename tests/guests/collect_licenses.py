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


def collect(licenses, sysroot, sources, packages, modules):
    def copy(source, component, name=None):
        (licenses / component).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, licenses / component / (name or source.name))

    for crate in CRATES:
        folder = next(sources.glob(f"*/{crate}"))
        # Where there is a choice, MIT is taken.
        for name in ["LICENSE-MIT", "LICENSE", "src/unicode_tables/LICENSE-UNICODE"]:
            if (folder / name).exists():
                copy(folder / name, crate)

    notices = (sysroot / "share/doc/rust/COPYRIGHT-library.html").read_text()
    general, crates = notices.split('<h2 id="out-of-tree-dependencies">')
    general = general[general.index('<h2 id="longer-version">'):]
    (licenses / "rust-std").mkdir(parents=True, exist_ok=True)
    (licenses / "rust-std/COPYRIGHT").write_text(plain(general))
    for name in ["Apache-2.0.txt", "MIT.txt", "LLVM-exception.txt", "Unicode-3.0.txt"]:
        copy(sysroot / "share/doc/rust/licenses" / name, "rust-std")
    sections = crates.split("<h3>")
    for crate in STANDARD_LIBRARY_CRATES:
        section = next(section for section in sections if f" {crate}" in section.split("</h3>")[0])
        parts = re.findall(r"<code>LICENSE(?:-MIT)?</code></summary>\s*<pre>(.*?)</pre>", section, re.S)
        (licenses / f"rust-std/LICENSE-{crate}").write_text(plain(parts[0]))

    libc = packages / "ziglang/lib/libc"
    for name in ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE-LLVM"]:
        copy(libc / "wasi" / name, "wasi-libc")
    copy(libc / "musl/COPYRIGHT", "wasi-libc", "COPYRIGHT-musl")
    copy(packages / "ziglang/LICENSE", "zig")
    # The package leaves out Go's own file; the Go project's other modules have the same text.
    copy(packages / "go/src/cmd/vendor/golang.org/x/sys/LICENSE", "go")
    for name in ["LICENSE", "NOTICE"]:
        copy(modules / "assemblyscript" / name, "assemblyscript")
    copy(modules / "@assemblyscript/wasi-shim/LICENSE", "assemblyscript-wasi-shim")


if __name__ == "__main__":
    collect(Path(__file__).parent / "licenses", *map(Path, sys.argv[1:]))
