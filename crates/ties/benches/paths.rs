//! Ways between persons and organisations: making the graph, its memory, and how long questions take.
//!
//! `cargo bench -p gnomon-ties`, or `cargo bench -p gnomon-ties -- 200000` for another number of people. The county is made
//! of families and companies as registers tell them: a spouse, parents and children, brothers and sisters, in-laws;
//! employers of all sizes, holders, officers, shared telephones, won tenders; a town's office with thousands of employees, a
//! telephone of ten thousand companies and a unit that buys from ten thousand among them.

use std::time::Instant;

use chrono::TimeDelta;
use gnomon_kernel::{Day, RowRef, TieKind, Tier};
use gnomon_ties::{Builder, Graph, NewTie, Question};

/// Questions of each sort.
const QUESTIONS: usize = 2_000;

/// A small generator of our own: the same county on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

struct County {
    builder: Builder,
    people: usize,
    companies: usize,
    told: u32,
}

impl County {
    fn person(&self, at: usize) -> String {
        format!("870121{:012}", at % self.people)
    }

    fn company(&self, at: usize) -> String {
        format!("91870121{:010}", at % self.companies)
    }

    fn tell(&mut self, first: &str, second: &str, kind: TieKind, many: bool) {
        self.told += 1;
        let row = |batch| Some(RowRef { batch, sheet: 0, line: 1 + self.told % RowRef::MAX_LINE });
        let from =
            Day::from_ymd_opt(2000, 1, 1).map(|day| day + TimeDelta::days(i64::from(self.told % 8_000)));
        let until = from.filter(|_| self.told.is_multiple_of(7)).map(|day| day + TimeDelta::days(900));
        let rows = [row(1), row(2).filter(|_| self.told.is_multiple_of(3))];
        let about = kind.is_deal().then_some("砚溪县云岫镇道路改造工程");
        let tie =
            NewTie { first, second, kind, tier: Tier::Certain, from, until, share: None, many, rows, about };
        self.builder.add(&tie).expect("fewer ties than a graph can hold");
    }

    /// Six or so ties for each person.
    fn new(people: usize) -> County {
        let mut county = County { builder: Builder::default(), people, companies: people / 20, told: 0 };
        let mut dice = Dice(1);
        for at in 0..people {
            county.family(at);
            county.work(at, &mut dice);
        }
        for at in 0..county.companies {
            county.links(at, &mut dice);
        }
        county
    }

    /// Eight people after each other are two parents, four children and two of the children's spouses.
    fn family(&mut self, at: usize) {
        let (start, place) = (at - at % 8, at % 8);
        let member = |county: &County, place: usize| county.person(start + place);
        let (me, mother, father) = (self.person(at), member(self, 0), member(self, 1));
        match place {
            1 => self.tell(&me, &mother, TieKind::Spouse, false),
            2..=5 => {
                self.tell(&me, &mother, TieKind::Parent, false);
                self.tell(&me, &father, TieKind::Parent, false);
                for other in place + 1..=5 {
                    let other = member(self, other);
                    self.tell(&me, &other, TieKind::Sibling, false);
                }
            }
            6 | 7 => {
                let spouse = member(self, place - 4);
                self.tell(&me, &spouse, TieKind::Spouse, false);
                self.tell(&me, &mother, TieKind::SpouseParent, false);
                self.tell(&me, &father, TieKind::SpouseParent, false);
                // The spouse's own parents live in another family.
                let far = self.person(start * 7 + 80_000 + place % 2);
                self.tell(&me, &far, TieKind::Parent, false);
            }
            _ => {}
        }
    }

    /// Two employers after each other; one in fifty works in the town's office, company 0.
    fn work(&mut self, at: usize, dice: &mut Dice) {
        let me = self.person(at);
        for _ in 0..2 {
            let at = if dice.roll(50) == 0 { 0 } else { dice.roll(self.companies) };
            let employer = self.company(at);
            self.tell(&me, &employer, TieKind::Employee, false);
        }
    }

    fn links(&mut self, at: usize, dice: &mut Dice) {
        let me = self.company(at);
        for kind in [TieKind::LegalRep, TieKind::Shareholder, TieKind::Shareholder, TieKind::Supervisor] {
            let person = self.person(dice.roll(self.people));
            self.tell(&person, &me, kind, false);
        }
        for kind in [TieKind::SharedPhone, TieKind::SharedAddress, TieKind::SharedPerson] {
            let other = self.company(at + 1 + dice.roll(self.companies - 1));
            self.tell(&me, &other, kind, false);
        }
        if at > 0 && at <= 10_000 {
            let agency = self.company(0);
            self.tell(&agency, &me, TieKind::SharedPhone, true);
        }
        // One in five sells to two of 400 units; company 1 buys from everybody who does.
        if at > 400 && at.is_multiple_of(5) {
            for unit in [1, 2 + dice.roll(399)] {
                let unit = self.company(unit);
                self.tell(&me, &unit, TieKind::Award, false);
            }
        }
    }
}

fn main() {
    let people = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(1_000_000);
    let begun = Instant::now();
    let county = County::new(people);
    println!("{people} people, {} ties told: {:.1} s", county.told, begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let (people, companies) = (county.people, county.companies);
    let name = |what: usize, at: usize| match what {
        0 => format!("870121{:012}", at % people),
        _ => format!("91870121{:010}", at % companies),
    };
    let graph = county.builder.finish();
    let (parties, ties, bytes) = (graph.party_count(), graph.tie_count(), graph.bytes());
    println!("{parties} parties, {ties} ties laid out: {:.1} s", begun.elapsed().as_secs_f64());
    println!(
        "{:.0} MiB, {:.1} bytes for a tie with all",
        bytes as f64 / 1_048_576.0,
        bytes as f64 / ties as f64
    );
    println!("{:<40}{:>9}{:>9}{:>9}{:>9}{:>9}", "questions", "tied %", "mean", "p50 ms", "p99 ms", "max ms");
    let mut dice = Dice(7);
    measure(&graph, QUESTIONS, "a person and a company", || {
        (name(0, dice.roll(people)), name(1, dice.roll(companies)))
    });
    let mut dice = Dice(8);
    measure(&graph, QUESTIONS, "two persons", || (name(0, dice.roll(people)), name(0, dice.roll(people))));
    let mut dice = Dice(9);
    measure(&graph, QUESTIONS, "two companies", || {
        (name(1, dice.roll(companies)), name(1, dice.roll(companies)))
    });
    let mut dice = Dice(10);
    measure(&graph, QUESTIONS, "a person and the town's office", || (name(0, dice.roll(people)), name(1, 0)));
    let mut dice = Dice(11);
    measure(&graph, QUESTIONS, "a company and the largest buyer", || {
        (name(1, dice.roll(companies)), name(1, 1))
    });
    let mut dice = Dice(12);
    measure(&graph, QUESTIONS / 4, "the office and one of 400 buyers", || {
        (name(1, 0), name(1, 2 + dice.roll(399)))
    });
    measure(&graph, 200, "the office and the largest buyer", || (name(1, 0), name(1, 1)));
}

fn measure(graph: &Graph, questions: usize, what: &str, mut ask: impl FnMut() -> (String, String)) {
    let question = Question::on(Day::from_ymd_opt(2022, 6, 1).expect("a day"));
    let mut took = Vec::with_capacity(questions);
    let mut tied = 0;
    for _ in 0..questions {
        let (from, to) = ask();
        let begun = Instant::now();
        let answer = graph.paths(&from, &to, &question);
        took.push(begun.elapsed().as_secs_f64() * 1_000.0);
        tied += usize::from(answer.is_ok_and(|answer| !answer.paths.is_empty()));
    }
    took.sort_by(f64::total_cmp);
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize];
    let mean = took.iter().sum::<f64>() / took.len() as f64;
    let tied = 100.0 * tied as f64 / took.len() as f64;
    println!("{what:<40}{tied:>9.1}{mean:>9.3}{:>9.3}{:>9.3}{:>9.3}", at(0.5), at(0.99), at(1.0));
}
