use std::borrow::Cow;

use askama::Template;
use gnomon_kernel::{Day, RowRef, TieKind, Tier};

use super::PartyKind;
use crate::drawing::Drawing;
use crate::form::Filled;
use crate::graph::{Edge, Graph, Node, NodeKind};
use crate::page::{Page as _, page};
use crate::shell::Shell;
use crate::tie_words;

/// How two persons or organisations are tied: the question and, when it was asked, the answer.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/ties.html")]
pub struct TiesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The question as it was sent, with what is wrong with it.
    pub filled: Filled,
    /// The warning that led here: id and number.
    pub warning: Option<(String, String)>,
    /// Ends that are parties of the warning: key and masked name.
    pub ends: [Option<(String, String)>; 2],
    /// The day that is proposed, as a date field takes it.
    pub on: String,
    /// The answer.
    pub answer: Option<TiesAnswer>,
}

page!(TiesPage);

/// How they are tied.
#[derive(Debug, Clone)]
pub struct TiesAnswer {
    /// Everybody on the ways, the two ends first.
    pub parties: Vec<TiedParty>,
    /// Names of ends that no tie names.
    pub unknown: Vec<String>,
    /// The day that was asked about.
    pub on: Day,
    /// The ways.
    pub ways: Vec<TieWay>,
    /// Whether there are more.
    pub more: bool,
    /// Who bought from either end: from the one who sold to the one who bought.
    pub deals: Vec<TieLeg>,
    /// Whether nothing holds on the day, and the ways are those of other days.
    pub on_other_days: bool,
    /// Whether this person may open the records.
    pub opens_records: bool,
}

/// A person or organisation.
#[derive(Debug, Clone)]
pub struct TiedParty {
    /// Person or organisation.
    pub kind: PartyKind,
    /// Name, masked unless revealed; empty where it is not known.
    pub name: String,
    /// Number, masked unless revealed.
    pub number: String,
    /// Whether name and number are shown in full.
    pub is_revealed: bool,
}

/// A way from one end to the other.
#[derive(Debug, Clone)]
pub struct TieWay {
    /// Its steps.
    pub legs: Vec<TieLeg>,
    /// Whether no other has fewer.
    pub is_shortest: bool,
    /// Whether it is among the strongest.
    pub is_strongest: bool,
    /// Whether a step rests on what many share.
    pub through_many: bool,
}

/// One step; parties are places in [`TiesAnswer::parties`].
#[derive(Debug, Clone)]
pub struct TieLeg {
    /// From whom.
    pub from: usize,
    /// To whom.
    pub to: usize,
    /// What ties them, the strongest first; never empty.
    pub ties: Vec<TieFact>,
}

/// One tie.
#[derive(Debug, Clone)]
pub struct TieFact {
    /// Place of the party from whom the kind is read.
    pub first: usize,
    /// Place of the other.
    pub second: usize,
    /// What ties them.
    pub kind: TieKind,
    /// How certain it is.
    pub tier: Tier,
    /// First day, where known.
    pub from: Option<Day>,
    /// Last day, where it has ended.
    pub until: Option<Day>,
    /// Percent held, where known.
    pub share: Option<f64>,
    /// Whether many share what it rests on.
    pub many: bool,
    /// Whether it holds on the day.
    pub holds: bool,
    /// The project of a deal.
    pub project: Option<String>,
    /// The records: where they stand, and the title of their dataset.
    pub records: Vec<(RowRef, String)>,
}

/// A line of the picture.
struct DrawnTie {
    tone: &'static str,
    /// All that ties the two.
    title: String,
    way: String,
    at: (i32, i32),
    kind: String,
    period: String,
}

impl TieFact {
    /// The word for its line that the style sheet knows.
    fn tone(&self) -> &'static str {
        match (self.holds, self.tier) {
            (false, _) => "then",
            (true, Tier::Certain) => "certain",
            (true, _) => "probable",
        }
    }
}

impl TiedParty {
    /// Its name, or its number where it has none.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.number } else { &self.name }
    }
}

impl TiesAnswer {
    fn label(&self, place: usize) -> &str {
        self.parties.get(place).map_or("", TiedParty::label)
    }

    /// Each pair of neighbours once, with what ties them.
    fn pairs(&self) -> Vec<&TieLeg> {
        let mut pairs: Vec<&TieLeg> = Vec::new();
        for leg in self.ways.iter().flat_map(|way| &way.legs).chain(&self.deals) {
            let ends = |leg: &TieLeg| (leg.from.min(leg.to), leg.from.max(leg.to));
            if !pairs.iter().any(|known| ends(known) == ends(leg)) {
                pairs.push(leg);
            }
        }
        pairs
    }

    fn graph(&self) -> Graph {
        let id = |place: usize| format!("p{place}");
        let node = |(place, party): (usize, &TiedParty)| Node {
            id: id(place),
            label: party.label().to_owned(),
            kind: match party.kind {
                PartyKind::Person => NodeKind::Person,
                PartyKind::Org => NodeKind::Org,
            },
        };
        let edge =
            |leg: &&TieLeg| Edge { from: id(leg.from), to: id(leg.to), label: String::new(), is_key: true };
        Graph {
            nodes: self.parties.iter().enumerate().map(node).collect(),
            edges: self.pairs().iter().map(edge).collect(),
        }
    }
}

impl TiesPage {
    /// A way in one sentence, which ends with what its last party sold.
    fn sentence(&self, answer: &TiesAnswer, way: &TieWay) -> String {
        let sold = answer.deals.iter().find(|deal| way.legs.last().is_some_and(|leg| leg.to == deal.from));
        self.sentence_of(answer, way.legs.iter().chain(sold))
    }

    fn deal(&self, answer: &TiesAnswer, deal: &TieLeg) -> String {
        self.sentence_of(answer, std::iter::once(deal))
    }

    fn sentence_of<'a>(&self, answer: &TiesAnswer, legs: impl Iterator<Item = &'a TieLeg>) -> String {
        let said = legs.filter_map(|leg| self.said(answer, leg.ties.first()?));
        format!("{}{}", said.collect::<Vec<_>>().join(&self.t("tie-and")), self.t("tie-stop"))
    }

    /// What stands in the table: the steps of each way, and the deals, under their headings.
    fn blocks<'a>(&self, answer: &'a TiesAnswer) -> Vec<(Cow<'static, str>, &'a [TieLeg])> {
        let way = |(way, number): (&'a TieWay, usize)| {
            (self.t2("tie-steps", "number", number, "steps", way.legs.len()), way.legs.as_slice())
        };
        let deals = (!answer.deals.is_empty()).then(|| (self.t("ties-deals"), answer.deals.as_slice()));
        answer.ways.iter().zip(1..).map(way).chain(deals).collect()
    }

    /// A tie with share, period and doubt.
    fn said(&self, answer: &TiesAnswer, tie: &TieFact) -> Option<String> {
        let lang = self.shell.lang;
        let (first, second) = (answer.label(tie.first), answer.label(tie.second));
        let (sentence, from) = match tie.from.filter(|_| tie.kind.is_deal()) {
            // The day of a deal stands in its sentence.
            Some(day) => {
                (tie_words::deal_said(lang, tie.kind, [first, second], tie.project.as_deref(), day), None)
            }
            None => (tie_words::said(lang, tie.kind, first, second), tie.from),
        };
        let remarks: Vec<String> = [
            tie.share.map(|share| tie_words::percent(lang, share).into_owned()),
            Some(tie_words::tie_period(lang, from, tie.until)).filter(|period| !period.is_empty()),
            (tie.tier != Tier::Certain).then(|| tie_words::tie_tier(lang, tie.tier).into_owned()),
            (!tie.holds).then(|| self.t("tie-not-then").into_owned()),
            tie.many.then(|| self.t("ties-through-many").into_owned()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let remark = match remarks.is_empty() {
            true => Cow::Borrowed(""),
            false => self.t1("tie-remark", "text", remarks.join(&self.t("tie-comma"))),
        };
        Some(format!("{sentence}{remark}"))
    }

    fn first<'a>(&self, answer: &'a TiesAnswer, tie: &TieFact) -> &'a str {
        answer.label(tie.first)
    }

    fn second<'a>(&self, answer: &'a TiesAnswer, tie: &TieFact) -> &'a str {
        answer.label(tie.second)
    }

    fn kind(&self, tie: &TieFact) -> String {
        let lang = self.shell.lang;
        let kind = tie_words::tie_kind(lang, tie.kind);
        match tie.share {
            Some(share) => format!("{kind} {}", tie_words::percent(lang, share)),
            None => kind.into_owned(),
        }
    }

    fn period(&self, tie: &TieFact) -> String {
        tie_words::tie_period(self.shell.lang, tie.from, tie.until)
    }

    fn tier(&self, tie: &TieFact) -> Cow<'static, str> {
        tie_words::tie_tier(self.shell.lang, tie.tier)
    }

    /// All ties of a step, as the title of its line.
    fn all_said(&self, answer: &TiesAnswer, leg: &TieLeg) -> String {
        let said: Vec<String> = leg.ties.iter().filter_map(|tie| self.said(answer, tie)).collect();
        said.join(&self.t("tie-and"))
    }

    fn drawing(&self, answer: &TiesAnswer) -> Drawing {
        answer.graph().drawing()
    }

    /// The lines of the picture with their words, which are those of the strongest tie.
    fn drawn(&self, answer: &TiesAnswer, drawing: &Drawing) -> Vec<DrawnTie> {
        let pairs = answer.pairs();
        let drawn = drawing.lines.iter().filter_map(|line| {
            let leg = pairs.get(line.edge)?;
            let tie = leg.ties.first()?;
            Some(DrawnTie {
                tone: tie.tone(),
                title: self.all_said(answer, leg),
                way: line.way.clone(),
                at: line.at,
                kind: self.kind(tie),
                period: self.period(tie),
            })
        });
        drawn.collect()
    }

    /// What of the question a further form has to carry: the fields as they were sent.
    fn carried(&self) -> Vec<(&str, &str)> {
        ["warning", "from", "to", "on", "many"]
            .into_iter()
            .map(|field| (field, self.filled.value(field)))
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}
