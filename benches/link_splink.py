"""splink on files of persons, as a program of its own so that its seconds and memory are its own.

    link_splink.py documented|expert OUT.csv FILE...

Both are given what a careful user does first: one name for each column, blanks and full width gone, dates in one form, words that mean nothing
left out. `documented` compares and blocks as splink's documentation does for persons. `expert` knows the field besides: numbers of 15 digits
become 18, Han names are taken to surname and given name, surname, address and telephone are one comparison, so that a household is not taken for a
person, what is kept together must be surer, and blocks stay small on many rows. OUT has row_id and entity_id.
"""

from __future__ import annotations

import re
import sys
import unicodedata

import pandas
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink.internals.blocking_rule_library import block_on
from splink.internals.duckdb.database_api import DuckDBAPI
from splink.internals.linker import Linker
from splink.internals.settings_creator import SettingsCreator

WORDS = {
    "row_id": ["rec_id", "记录号", "序号", "编号", "行号"],
    "name": ["姓名"],
    "sex": ["性别"],
    "birth_date": ["date_of_birth", "出生日期"],
    "id_no": ["soc_sec_id", "公民身份号码", "证件号码", "身份证号", "身份证号码"],
    "phone": ["phone_number", "联系电话", "手机号码"],
    "address": ["address_1", "户籍地址", "家庭住址", "住址"],
}
NOTHING = {"", "无", "不详", "*"}
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
# From so many rows on the expert's blocks are smaller.
MANY = 200_000
THRESHOLD = {"documented": 0.5, "expert": 0.9}
LONG_SURNAMES = "欧阳|上官|司徒|令狐"


def read(file: str) -> pandas.DataFrame:
    try:
        frame = pandas.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        frame = pandas.read_csv(file, dtype=str, keep_default_na=False, encoding="gb18030")
    named = {word: column for column, words in WORDS.items() for word in words}
    return frame.rename(columns=lambda header: named.get(header.strip(), header.strip()))


def plain(text: str) -> str | None:
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()
    if any(ord(c) > 0x3000 for c in text):
        text = text.replace(" ", "")
    return None if text in NOTHING else text


def day(text: str | None) -> str | None:
    found = re.fullmatch(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?", text or "")
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else text


def lifted(number: str | None) -> str | None:
    if not number or not re.fullmatch(r"\d{15}", number):
        return number
    body = number[:6] + "19" + number[6:]
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS)) % 11]


def prepared(files: list[str], expert: bool) -> pandas.DataFrame:
    frame = pandas.concat([read(file) for file in files], ignore_index=True).fillna("")

    def change(column: str, by) -> None:
        values = {value: by(value) for value in frame[column].unique()}
        frame[column] = frame[column].map(values).astype(object)

    for column in frame.columns:
        if column != "row_id":
            change(column, plain)
    if "birth_date" in frame:
        change("birth_date", day)
    if expert and "id_no" in frame:
        change("id_no", lifted)
    if expert and "name" in frame:
        parts = frame["name"].str.extract(f"^({LONG_SURNAMES}|.)(.*)$")
        frame["surname"], frame["given_name"] = parts[0], parts[1]
    frame = frame.astype(object)
    return frame.where(frame.notna(), None)


def family(columns: set[str]):
    """Surname, address and telephone, which the members of a household share, as one piece of evidence."""
    surname, home = "surname_l = surname_r", "address_l = address_r"
    near = "jaro_winkler_similarity(address_l, address_r) >= 0.9"
    reached = f"({home} OR phone_l = phone_r)" if "phone" in columns else f"({home})"
    missing = [f"{column}_{side} IS NULL" for column in ("surname", "address") for side in "lr"]
    levels = [
        cll.CustomLevel(" OR ".join(missing)).configure(is_null_level=True),
        cll.CustomLevel(f"{surname} AND {reached}"),
        cll.CustomLevel(f"{surname} AND {near}"),
        cll.CustomLevel(f"{reached} OR {near}"),
        cll.CustomLevel(surname),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(output_column_name="family", comparison_levels=levels)


def comparisons(columns: set[str], expert: bool) -> list:
    name = "given_name" if "given_name" in columns else "name"
    found = [cl.JaroWinklerAtThresholds(name).configure(term_frequency_adjustments=True)]
    found += [cl.DamerauLevenshteinAtThresholds("birth_date"), cl.LevenshteinAtThresholds("id_no")]
    if expert:
        return [*found, family(columns)]
    if "surname" in columns:
        found.append(cl.JaroWinklerAtThresholds("surname").configure(term_frequency_adjustments=True))
    found.append(cl.JaroWinklerAtThresholds("address"))
    return found + [cl.ExactMatch(column) for column in ("postcode", "phone") if column in columns]


def blocks(columns: set[str], rows: int, expert: bool) -> list:
    name = ["given_name", "surname"] if "given_name" in columns else ["name"]
    if not expert or rows < MANY:
        wide = [block_on("postcode", name[0])] if "postcode" in columns else [block_on("phone")]
        found = [block_on(*name), block_on("birth_date"), block_on("id_no"), *wide]
    else:
        narrow = [[*name, "substr(birth_date, 1, 4)"], ["birth_date", "surname"], ["birth_date", "given_name"], ["id_no"]]
        found = [block_on(*rule) for rule in narrow]
    if expert:
        found += [block_on(column, "given_name") for column in ("phone", "address", "postcode") if column in columns]
    return found


def main() -> None:
    settings, out, files = sys.argv[1], sys.argv[2], sys.argv[3:]
    expert, threshold = settings == "expert", THRESHOLD[settings]
    frame = prepared(files, expert)
    columns = set(frame.columns)
    creator = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="row_id",
        comparisons=comparisons(columns, expert),
        blocking_rules_to_generate_predictions=blocks(columns, len(frame), expert),
    )
    api = DuckDBAPI()
    linker = Linker(api.register(frame), creator)
    name = ["given_name", "surname"] if "given_name" in columns else ["name"]
    linker.training.estimate_probability_two_random_records_match([block_on(*name, "birth_date"), block_on("id_no")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("birth_date"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on(*name))
    predicted = linker.inference.predict(threshold_match_probability=threshold)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_probability=threshold)
    table = clusters.as_pandas_dataframe()
    table.rename(columns={"cluster_id": "entity_id"})[["row_id", "entity_id"]].to_csv(out, index=False)


if __name__ == "__main__":
    main()
