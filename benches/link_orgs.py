"""Fictional organisations with the truth of who is who, for benches/link.py. The same seed makes the same files.

A company is written down under its name, without or with other brackets around its place, with its legal form in another word, short, with a slip of the
pen, under the name it had before, by credit code, by the organisation code inside it, or without a number. Beside it stand what must not be merged:
branches with codes of their own, groups, companies of the same trade word elsewhere, and neighbours in one street or building.
"""

from __future__ import annotations

import csv
import random
from pathlib import Path

COUNTIES = "砚溪县 青石县 白鹿区 长岭县 东坪区 南塘市 西河县 北峪县".split()
FIRST = "华宏鑫瑞恒盛嘉润泰远星云金永安信德庆隆顺"
SECOND = "夏图源丰达兴业康美成宇川海通和泽林峰鼎辉"
TRADES = "建设工程 建筑劳务 商贸 农业发展 物流 电子科技 园林绿化 餐饮管理 医疗器械 印刷 文化传媒 物业服务".split()
FORMS = ["有限公司", "有限责任公司"]
ROADS = "文昌路 人民路 解放街 滨河大道 建设路 学府街 工业大道 迎宾路".split()
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
HEADER = ["row_id", "企业名称", "统一社会信用代码", "联系电话", "注册地址"]


class Orgs:
    """Companies, each written down several times."""

    def __init__(self, seed: int):
        self.dice = random.Random(f"orgs-{seed}")
        self.count = 0

    def write(self, folder: Path, rows: int) -> None:
        """`orgs.csv` with the rows in any order and `truth.csv` with the organisation of each."""
        records, truth = [], []
        while len(records) < rows:
            self.company(records, truth)
        order = list(range(len(records)))
        self.dice.shuffle(order)
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "orgs.csv", "w", newline="", encoding="utf-8") as orgs, open(folder / "truth.csv", "w", newline="") as answers:
            out, key = csv.writer(orgs), csv.writer(answers)
            out.writerow(HEADER)
            key.writerow(["row_id", "org"])
            for number, at in enumerate(order, 1):
                out.writerow([number, *records[at]])
                key.writerow([number, truth[at]])

    def company(self, records: list, truth: list) -> None:
        dice = self.dice
        county, word, trade = dice.choice(COUNTIES), self.word(), dice.choice(TRADES)
        road, house = dice.choice(ROADS), dice.randrange(1, 300)
        address = f"{county}{road}{house}号"
        self.put(records, truth, county, word, trade, address, dice.choice([None, None, None, self.word()]))
        if dice.random() < 0.25:  # a neighbour in the same building
            self.put(records, truth, county, self.word(), dice.choice(TRADES), f"{address}{dice.randrange(2, 9)}0{dice.randrange(1, 9)}室", None)
        if dice.random() < 0.2:  # the same trade word elsewhere
            other = dice.choice([place for place in COUNTIES if place != county])
            self.put(records, truth, other, word, trade, f"{other}{dice.choice(ROADS)}{dice.randrange(1, 300)}号", None)
        if dice.random() < 0.2:  # the same trade word in another trade
            self.put(records, truth, county, word, dice.choice([one for one in TRADES if one != trade]), f"{county}{road}{dice.randrange(1, 300)}号", None)
        if dice.random() < 0.15:
            self.branch(records, truth, f"{county}{word}{trade}有限公司", dice.choice(COUNTIES))

    def put(self, records: list, truth: list, county: str, word: str, trade: str, address: str, before: str | None) -> None:
        """A company; `before` is the trade word that it had earlier."""
        dice = self.dice
        self.count += 1
        number, phone = self.code(), f"169{dice.randrange(10**8):08}"
        for at in range(1 + min(4, int(dice.expovariate(0.8)))):
            if before and at and dice.random() < 0.4:
                # Under its earlier name nothing but the number can tell.
                records.append([self.name(county, before, trade), number, phone, address])
            else:
                shown = dice.choices([number, number[8:17], ""], [0.55, 0.15, 0.3])[0]
                known = phone if dice.random() < 0.7 else ""
                records.append([self.name(county, word, trade), shown, known, address if dice.random() < 0.75 else ""])
            truth.append(self.count)

    def branch(self, records: list, truth: list, parent: str, county: str) -> None:
        dice = self.dice
        self.count += 1
        number, address = self.code(), f"{county}{dice.choice(ROADS)}{dice.randrange(1, 300)}号"
        for _ in range(1 + dice.randrange(2)):
            records.append([f"{parent}{county[:2]}分公司", dice.choice([number, ""]), "", address])
            truth.append(self.count)

    def name(self, county: str, word: str, trade: str) -> str:
        dice = self.dice
        form = dice.choice(FORMS)
        kind = dice.random()
        if kind < 0.45:
            return f"{county}{word}{trade}{form}"
        if kind < 0.6:
            return f"{word}{trade}（{county}）{form}" if kind < 0.55 else f"{word}{trade}({county}){form}"
        if kind < 0.75:
            return f"{county[:2]}{word}{trade}{form}"
        if kind < 0.85:
            return f"{word}{trade}{form}"
        if kind < 0.92:
            return f"{word}{trade}"
        text = f"{county}{word}{trade}{form}"
        at = dice.randrange(len(county), len(text) - 4)
        return text[:at] + text[at + 1] + text[at] + text[at + 2:]

    def word(self) -> str:
        return self.dice.choice(FIRST) + self.dice.choice(SECOND) + self.dice.choice(["", "", self.dice.choice(SECOND)])

    def code(self) -> str:
        """A credit code whose checks are right, of the fictional province."""
        body = "".join(self.dice.choice(ALPHABET) for _ in range(8))
        value = lambda letter: int(letter) if letter.isdigit() else ord(letter) - 55
        last = 11 - sum(value(letter) * weight for letter, weight in zip(body, [3, 7, 9, 10, 5, 8, 4, 2])) % 11
        text = f"918701{self.dice.randrange(1, 30):02}{body}{'X' if last == 10 else '0' if last == 11 else last}"
        weights = [pow(3, power, 31) for power in range(17)]
        return text + ALPHABET[-sum(ALPHABET.index(letter) * weight for letter, weight in zip(text, weights)) % 31]
