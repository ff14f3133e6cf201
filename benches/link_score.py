"""How right an answer of a linker is: pairs, clusters, families, households, twins.

Truth has the columns row_id, person and, where they are known, household and twin (a word that both twins share); an answer has row_id, entity_id
and, where the linker says so, household_id. Both are frames of text.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas


class Score(NamedTuple):
    """Precision, recall and F1 of three questions; None where the truth or the linker does not speak of it."""

    pairs: list[float]
    clusters: list[float]
    households: list[float] | None
    merged: int | None
    twins: tuple[int, int] | None


def pairs_of(rows: pandas.DataFrame, columns: list[str]) -> int:
    """Pairs of rows that agree in all these columns."""
    sizes = rows.groupby(columns, sort=False).size()
    return int((sizes * (sizes - 1) // 2).sum())


def rates(both: int, found: int, true: int) -> list[float]:
    """Precision, recall, F1."""
    precision, recall = both / max(1, found), both / max(1, true)
    return [precision, recall, 2 * precision * recall / max(1e-9, precision + recall)]


def clusters(rows: pandas.DataFrame) -> list[float]:
    """Of whole clusters, rows that stand alone among them: right are those with all rows of one person and no other."""
    cells = rows.groupby(["person", "entity"], sort=False).size().rename("both").reset_index()
    persons, entities = rows["person"].value_counts(), rows["entity"].value_counts()
    same = (cells["both"] == cells["person"].map(persons)) & (cells["both"] == cells["entity"].map(entities))
    return rates(int(same.sum()), len(entities), len(persons))


def households(rows: pandas.DataFrame) -> list[float]:
    """Of pairs of rows in one household: of different persons in truth, of different entities in the answer."""
    known, said = rows[rows["household"] >= 0], rows[rows["home"] >= 0]
    common, here = known[known["home"] >= 0], ["household", "home"]
    both = pairs_of(common, here) - pairs_of(common, [*here, "person"]) - pairs_of(common, [*here, "entity"])
    both += pairs_of(common, [*here, "person", "entity"])
    ours = pairs_of(said, ["home"]) - pairs_of(said, ["home", "entity"])
    return rates(both, ours, pairs_of(known, ["household"]) - pairs_of(known, ["household", "person"]))


def members_merged(rows: pandas.DataFrame) -> int:
    """Persons too many in one entity with another of their own household."""
    inside = rows[rows["household"] >= 0].groupby(["entity", "household"], sort=False)["person"].nunique()
    return int((inside - 1).sum())


def twins(rows: pandas.DataFrame) -> tuple[int, int]:
    """Pairs of twins of whom both are on record, and how many of them share no entity."""
    pairs = rows[rows["twin"] >= 0]
    on_record = pairs.groupby("twin")["person"].nunique() == 2
    shared = pairs.groupby(["twin", "entity"])["person"].nunique().groupby("twin").max() == 2
    return int(on_record.sum()), int((on_record & ~shared).sum())


def score(truth: pandas.DataFrame, found: pandas.DataFrame) -> Score:
    columns = {"person": "person", "household": "household", "twin": "twin", "entity_id": "entity", "household_id": "home"}
    joined = truth.merge(found, on="row_id", how="left", validate="one_to_one")
    if joined["entity_id"].isna().any():
        raise ValueError("the answer leaves rows out")
    # Numbers for words, for speed; -1 for nothing.
    rows = pandas.DataFrame({name: pandas.factorize(joined[word].replace("", None))[0] for word, name in columns.items() if word in joined})
    pairs = rates(*(pairs_of(rows, by) for by in (["person", "entity"], ["entity"], ["person"])))
    at_home = "household" in rows
    return Score(
        pairs,
        clusters(rows),
        households(rows) if at_home and "home" in rows else None,
        members_merged(rows) if at_home else None,
        twins(rows) if "twin" in rows else None,
    )
