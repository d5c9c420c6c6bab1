"""Compares works.jsonl of a corpus with what third-party readers make of its bibliographies."""

import json
import subprocess
import sys

import bibtexparser
import rispy

corpus = sys.argv[1]
works = [json.loads(line) for line in open(f"{corpus}/works.jsonl", encoding="utf-8")]
# A work of which neither year nor title is known, such as "Hollis (this volume)", is no bibliographic entry.
keys = {work["key"] for work in works if work.get("year") or work.get("title")}


def pandoc(path, reader):
    out = subprocess.run(
        ["pandoc", "-f", reader, "-t", "csljson", path], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def report(name, got):
    missing = sorted(keys - got)
    print(f"{name}: {len(got & keys)} of {len(keys)} works read back")
    if missing:
        sys.exit(f"{name} lost {missing[:5]}")


report("BibTeX by pandoc", {entry["id"] for entry in pandoc(f"{corpus}/references.bib", "bibtex")})
report("CSL-JSON by pandoc", {entry["id"] for entry in pandoc(f"{corpus}/references.csl.json", "csljson")})
with open(f"{corpus}/references.bib", encoding="utf-8") as file:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    report("BibTeX by bibtexparser", {entry["ID"] for entry in bibtexparser.load(file, parser).entries})
with open(f"{corpus}/references.ris", encoding="utf-8") as file:
    report("RIS by rispy", {entry.get("id", "") for entry in rispy.load(file)})
