"""Compares works.jsonl of a corpus with what third-party readers make of its bibliographies, and the fields that they
read with those of the CSL-JSON, which names them most plainly."""

import json
import subprocess
import sys

import bibtexparser
import rispy

corpus = sys.argv[1]
works = [json.loads(line) for line in open(f"{corpus}/works.jsonl", encoding="utf-8")]
# A work of which neither year nor title is known, such as "Hollis (this volume)", is no bibliographic entry.
keys = {work["key"] for work in works if work.get("year") or work.get("title")}
with open(f"{corpus}/references.csl.json", encoding="utf-8") as file:
    items = {item["id"]: item for item in json.load(file)}


def pandoc(path, reader):
    out = subprocess.run(
        ["pandoc", "-f", reader, "-t", "csljson", path], check=True, capture_output=True, text=True)
    return json.loads(out.stdout)


def report(name, got):
    missing = sorted(keys - got)
    print(f"{name}: {len(got & keys)} of {len(keys)} works read back")
    if missing:
        sys.exit(f"{name} lost {missing[:5]}")


def bare(text):
    """Letters and digits in small letters: what no reader may change."""
    for escape in ("textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum"):
        text = text.replace("\\" + escape, "")
    return "".join(c for c in text.lower() if c.isalnum())


def compare(name, fields):
    """`fields` gives for an id and a CSL variable what the reader found; every value of the CSL-JSON must be there."""
    compared = 0
    for key, item in items.items():
        # What must be found of each variable: one text, or several.
        wanted = {variable: [item[variable]] for variable in
                  ("title", "container-title", "collection-title", "volume", "issue", "page", "publisher",
                   "publisher-place", "edition", "DOI", "note") if item.get(variable)}
        years = [part[0] for part in item.get("issued", {}).get("date-parts", [])]
        if years:
            wanted["year"] = [str(years[0])]
        wanted["author"] = [
            n.get("family") or n["literal"] for n in item.get("author", []) if n != {"literal": "others"}]
        if "page" in wanted:
            wanted["page"] = item["page"].split("-")
        for variable, values in wanted.items():
            found = bare(fields(key, variable))
            for value in values:
                if bare(value) not in found:
                    sys.exit(f"{name}: {key} lost its {variable}: {value!r} is read as {found!r}")
            compared += 1
    print(f"{name}: {compared} fields as they were")


report("BibTeX by pandoc", {entry["id"] for entry in pandoc(f"{corpus}/references.bib", "bibtex")})
read = {entry["id"]: entry for entry in pandoc(f"{corpus}/references.csl.json", "csljson")}
report("CSL-JSON by pandoc", set(read))


def csl(key, variable):
    item = read[key]
    if variable == "year":
        return str(item["issued"]["date-parts"][0][0])
    if variable == "author":
        # pandoc sets particles such as "van der" apart.
        return " ".join(
            " ".join(n.get(part, "") for part in ("non-dropping-particle", "dropping-particle", "family", "literal"))
            for n in item.get("author", []))
    return str(item.get(variable, ""))


compare("CSL-JSON by pandoc", csl)

with open(f"{corpus}/references.bib", encoding="utf-8") as file:
    parser = bibtexparser.bparser.BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    entries = {entry["ID"]: entry for entry in bibtexparser.load(file, parser).entries}
report("BibTeX by bibtexparser", set(entries))
BIBTEX = {"container-title": ("journal", "booktitle"), "collection-title": ("series",), "issue": ("number",),
          "page": ("pages",), "publisher": ("publisher", "school", "institution"), "publisher-place": ("address",),
          "DOI": ("doi",)}
compare("BibTeX by bibtexparser",
        lambda key, variable: " ".join(entries[key].get(name, "") for name in BIBTEX.get(variable, (variable,))))

with open(f"{corpus}/references.ris", encoding="utf-8") as file:
    records = {entry.get("id", ""): entry for entry in rispy.load(file)}
report("RIS by rispy", set(records))
RIS = {"container-title": ("secondary_title", "journal_name"), "collection-title": ("tertiary_title",),
       "issue": ("number",), "page": ("start_page", "end_page"), "publisher-place": ("place_published",),
       "DOI": ("doi",), "year": ("year",), "author": ("authors",), "note": ("notes",)}


def ris(key, variable):
    values = (records[key].get(name, "") for name in RIS.get(variable, (variable,)))
    return " ".join(" ".join(value) if isinstance(value, list) else value for value in values)


compare("RIS by rispy", ris)
