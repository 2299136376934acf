"""What must be installed before a letter can be printed, looked at when the program starts (起動時の確認).

A missing font is no error to the renderer: it prints boxes, or another style, and says nothing. A missing
libharfbuzz-subset makes every letter many times slower, and says nothing either.
"""

import shutil
import subprocess

from weasyprint.text import ffi

_PACKAGES = {
    "IPAexMincho": "fonts-ipaexfont-mincho",
    "IPAexGothic": "fonts-ipaexfont-gothic",
    "IPAmjMincho": "fonts-ipamj-mincho",
    "Noto Serif CJK JP": "fonts-noto-cjk",
}


def check_fonts() -> tuple[str, ...]:
    """Return a sentence for everything missing, with the package that brings it; nothing when all is there."""
    problems = []
    if ffi.harfbuzz_subset is None:
        problems.append("libharfbuzz-subset is missing, letters will be slow: install libharfbuzz-subset0")
    if shutil.which("fc-list") is None:
        return (*problems, "fc-list is missing, no font can be found: install fontconfig")
    installed = _families()
    problems += [
        f"the font {family} is missing: install {package}"
        for family, package in _PACKAGES.items()
        if family not in installed
    ]
    return tuple(problems)


def _families() -> frozenset[str]:
    command = [shutil.which("fc-list") or "fc-list", "--format", "%{family[0]}\n", ":style=Regular"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  # no outside word
    return frozenset(listed.splitlines())
