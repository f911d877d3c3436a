"""SSIMULACRA2 of pairs of PNGs (original, shown), as JSON on standard input; needs the package ssimulacra2."""

# ruff: noqa: T201 - what it prints is its answer

import json
import sys

import ssimulacra2

print(json.dumps([float(ssimulacra2.compute_ssimulacra2(original, shown)) for original, shown in json.load(sys.stdin)]))
