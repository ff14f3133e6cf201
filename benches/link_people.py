"""Fictional families with the truth of who is who, for benches/link.py. The same seed makes the same files."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path

HAN_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
HAN_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文红梅春燕海波丹丽云龙飞鹏斌宇浩凯健俊峰雪婷慧莹琳晶倩颖欣怡佳悦子轩梓涵一诺雨泽思源天佑嘉豪博晨曦若彤诗婉清宁安康福祥瑞林森木水泉山石立新民生富贵荣光"
LATIN_SURNAMES = """smith jones taylor brown williams wilson johnson davies robinson wright thompson evans walker white roberts green hall wood
jackson clarke harris clark scott turner hill moore cooper ward morris martin baker king allen edwards hughes parker carter bennett collins
murphy shaw bell bailey ross gray cox kelly fox mason chapman gibson dixon hunt knight palmer ellis webb rogers stevens porter hunter gordon
nowak kowalski garcia lopez silva rossi bianchi weber schmidt fischer meyer larsen hansen nielsen dubois moreau petit laurent haddad khan patel
singh sharma nguyen tran okafor mensah adeyemi osei banda moyo vandermeer lindqvist papadopoulos okonkwo fitzgerald abernathy thistlewood""".split()
LATIN_MALE = """james john robert michael william david richard joseph thomas charles daniel matthew anthony mark paul steven andrew kenneth george
joshua kevin brian edward ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin scott brandon benjamin samuel
gregory frank alexander raymond patrick jack dennis jerry tyler aaron jose adam henry nathan peter zachary kyle walter""".split()
LATIN_FEMALE = """mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily
donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma
nicole helen samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce virginia""".split()
STREETS = "mill church station park victoria albert queen king high london green manor grange school north south east west chapel bridge".split()
FORMS = ["street", "road", "lane", "avenue", "close", "drive"]
TOWNS = "ashford brampton calder denby elstow farnley gosforth hadlow ilkley jarrow keswick linton marlow norwell otley penrith quorn ripley".split()
PLACES = "澜川 青石 白鹿 长岭 东坪 南塘 西河 北峪 石门 清溪 大湾 小庄 柳林 桃源 云台 金桥".split()
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

# Share of cells that are wrong, of cells that are missing, of persons without an identity number, of phones that are the household's.
LEVELS = {"easy": (0.01, 0.02, 0.02, 0.2), "medium": (0.06, 0.08, 0.3, 0.5), "hard": (0.14, 0.15, 0.6, 0.8)}
HEADER = ["row_id", "name", "sex", "birth_date", "id_no", "phone", "address", "postcode"]
LATIN_HEADER = ["row_id", "given_name", "surname", "sex", "birth_date", "id_no", "phone", "address", "postcode"]


class People:
    """Households of persons, each written down several times with dirt."""

    def __init__(self, script: str, level: str, seed: int):
        self.dice = random.Random(f"{script}-{level}-{seed}")
        self.script, self.level = script, level
        self.wrong, self.missing, self.numberless, self.shared = LEVELS[level]
        self.persons = 0
        self.homes = 0
        self.districts = 1

    def write(self, folder: Path, rows: int) -> None:
        """`people.csv` with the rows in any order, `truth.csv` with person and household, and for twins a word they share."""
        # Doors enough for all, or strangers would live together.
        self.districts = max(1, rows // 100_000)
        records, truth = [], []
        while len(records) < rows:
            self.household(records, truth)
        order = list(range(len(records)))
        self.dice.shuffle(order)
        folder.mkdir(parents=True, exist_ok=True)
        header = HEADER if self.script == "han" else LATIN_HEADER
        with open(folder / "people.csv", "w", newline="", encoding="utf-8") as people, open(folder / "truth.csv", "w", newline="") as answers:
            out, key = csv.writer(people), csv.writer(answers)
            out.writerow(header)
            key.writerow(["row_id", "person", "household", "twin"])
            for number, at in enumerate(order, 1):
                out.writerow([number, *records[at]])
                key.writerow([number, *truth[at]])

    def household(self, records: list, truth: list) -> None:
        dice = self.dice
        self.homes += 1
        surname, other = self.surname(), self.surname()
        married = surname if self.script == "latin" and dice.random() < 0.7 else other
        address, postcode = self.address()
        phone = self.phone()
        born = date(1935, 1, 1) + timedelta(days=dice.randrange(23000))
        generation = dice.choice(HAN_GIVEN)
        father = self.person(surname, "m", born, None)
        members = [father]
        if dice.random() < 0.75:
            members.append(self.person(married, "f", born + timedelta(days=dice.randrange(-1500, 2500)), None))
        day = born + timedelta(days=dice.randrange(7300, 11000))
        for _ in range(dice.choice([0, 1, 1, 2, 2, 3])):
            twins = dice.random() < 0.06
            first = self.person(surname, dice.choice("mf"), day, generation)
            if first["sex"] == "m" and dice.random() < 0.02:
                first["given"] = father["given"]
            members.append(first)
            if twins:
                sex = first["sex"] if dice.random() < 0.7 else dice.choice("mf")
                second = self.person(surname, sex, day, generation)
                while second["given"] == first["given"]:
                    second = self.person(surname, sex, day, generation)
                first["twin"] = second["twin"] = self.persons + len(members)
                second["seq"] = (first["seq"] + (2 if sex == first["sex"] else 1)) % 999
                second["region"] = first["region"]
                members.append(second)
            day += timedelta(days=dice.randrange(400, 2500))
        for person in members:
            self.persons += 1
            person["phone"] = phone if dice.random() < self.shared else self.phone()
            person["number"] = identity(person)
            person["numbered"] = dice.random() >= self.numberless
            for _ in range(1 + min(5, int(dice.expovariate(1.1)))):
                records.append(self.record(person, address, postcode))
                truth.append((self.persons, self.homes, person.get("twin", "")))

    def person(self, surname: str, sex: str, born: date, generation: str | None) -> dict:
        dice = self.dice
        if self.script == "latin":
            given = dice.choice(LATIN_MALE if sex == "m" else LATIN_FEMALE)
        else:
            given = dice.choice(HAN_GIVEN)
            if dice.random() < 0.75:
                given = (generation if generation and dice.random() < 0.5 else dice.choice(HAN_GIVEN)) + given
        seq = dice.randrange(0, 499) * 2 + (1 if sex == "m" else 0)
        return {"surname": surname, "given": given, "sex": sex, "born": born, "seq": seq, "region": f"8701{dice.randrange(1, 30):02}"}

    def surname(self) -> str:
        pool = HAN_SURNAMES if self.script == "han" else LATIN_SURNAMES
        return pool[min(int(self.dice.paretovariate(0.9)) - 1, 10**9) % len(pool)]

    def phone(self) -> str:
        return f"169{self.dice.randrange(10**8):08}"

    def address(self) -> tuple[str, str]:
        dice = self.dice
        district = dice.randrange(self.districts) + 1 if self.districts > 1 else ""
        if self.script == "latin":
            where = f"{dice.randrange(1, 180)} {dice.choice(STREETS)} {dice.choice(FORMS)} {dice.choice(TOWNS)} {district}".strip()
            return where, f"{dice.randrange(1000, 9900)}"
        town, village = dice.choice(PLACES), dice.choice(PLACES)
        return f"{district and f'第{district}区'}{town}镇{village}村{dice.randrange(1, 15)}组{dice.randrange(1, 120)}号", f"87{dice.randrange(100, 400)}0"

    def record(self, person: dict, address: str, postcode: str) -> list[str]:
        dice = self.dice
        given, surname = self.dirty(person["given"], True), self.dirty(person["surname"], True)
        if dice.random() < self.wrong / 5:
            given, surname = surname, given
        born = self.day(person["born"])
        number = self.dirty(person["number"]) if person["numbered"] else dice.choice(["", "", "无", "不详"])
        phone = self.dirty(person["phone"] if dice.random() > self.wrong else self.phone())
        if dice.random() < 0.005:
            phone = "16900000000"
        if dice.random() < self.wrong / 2:
            address, postcode = self.address()
        sex = person["sex"] if dice.random() > self.wrong / 5 else dice.choice("mf")
        cells = [born, number, phone, self.dirty(address), self.dirty(postcode)]
        if self.script == "latin":
            return [given, surname, sex, *cells]
        return [surname + given, {"m": "男", "f": "女"}[sex], *cells]

    def day(self, born: date) -> str:
        dice = self.dice
        if dice.random() < self.missing:
            return ""
        if dice.random() < self.wrong:
            kind = dice.randrange(3)
            if kind == 0 and born.day <= 12:
                born = date(born.year, born.day, born.month)
            elif kind == 1:
                born += timedelta(days=dice.randrange(-40, 40))
            else:
                born = date(born.year + dice.choice([-10, -1, 1, 10]), born.month, min(born.day, 28))
        return born.isoformat()

    def dirty(self, text: str, name: bool = False) -> str:
        dice = self.dice
        if dice.random() < self.missing * (0.3 if name else 1):
            return ""
        if dice.random() >= self.wrong or not text:
            return text
        at = dice.randrange(len(text))
        pool = HAN_GIVEN if ord(text[at]) > 0x3000 else "0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
        kind = dice.randrange(4)
        if kind == 0 and len(text) > 2:
            return text[:at] + text[at + 1:]
        if kind == 1:
            return text[:at] + dice.choice(pool) + text[at:]
        if kind == 2 and at + 1 < len(text):
            return text[:at] + text[at + 1] + text[at] + text[at + 2:]
        return text[:at] + dice.choice(pool) + text[at + 1:]


def identity(person: dict) -> str:
    body = f"{person['region']}{person['born']:%Y%m%d}{person['seq'] % 1000:03}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS)) % 11]
