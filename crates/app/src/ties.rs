//! How one person or organisation is tied to another. Who asks says why, and it is recorded; persons stay masked until a
//! further reason opens one of them.

use std::collections::{BTreeMap, BTreeSet};

use gnomon_domain::{Action, Actor, Relation, may};
use gnomon_kernel::{
    Code, Day, EntityKind, Masked, RowRef, TieKind, Tier, WarningId, Words, is_organisation_code, mask_id,
    mask_name,
};
use gnomon_library::{
    object::ObjectKind,
    tie::{Party, Tie, TieAnswer, TiePath, TieQuestion, TieStep},
};
use gnomon_store::{Finding, Tx};

use crate::{App, Error, Identity, Result, app::permit};

/// The longest reason, in characters.
const LONGEST: usize = 2_000;

/// Between whom ties are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieInquiry {
    /// The warning that led here. Who sees only their own warnings asks from one of them.
    pub warning: Option<WarningId>,
    /// A number, or the key of a party of the warning ([`crate::Party::key`]).
    pub from: String,
    /// The same for the other.
    pub to: String,
    /// The day on which ties have to hold.
    pub on: Day,
    /// Whether ways may lead through what many share.
    pub through_many: bool,
}

/// A party of an answer; a person is masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieParty {
    /// What it is.
    pub kind: EntityKind,
    /// Name, where known.
    pub name: Option<String>,
    /// Number.
    pub number: String,
}

/// How two parties are tied, as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct TiesView {
    /// All parties, each once: the one that was asked about, the other, those between.
    pub parties: Vec<TieParty>,
    /// Ends that no tie names.
    pub unknown: Vec<TieParty>,
    /// The day that was asked about.
    pub on: Day,
    /// The ways: the strongest of the shortest first.
    pub ways: Vec<TieWay>,
    /// Whether there are more ways of the fewest steps.
    pub more: bool,
    /// Who bought from either of the two on that day, where no way tells it: from the one who sold to the one who bought.
    pub deals: Vec<TieLeg>,
    /// Whether the ways are made of ties of other days, because none holds on this one.
    pub on_other_days: bool,
}

/// A way from the one to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct TieWay {
    /// Its steps.
    pub legs: Vec<TieLeg>,
    /// Whether no other has fewer.
    pub is_shortest: bool,
    /// Whether it is among the strongest.
    pub is_strongest: bool,
    /// Whether a step rests on nothing but what many share.
    pub through_many: bool,
}

/// One step; parties are places in [`TiesView::parties`].
#[derive(Debug, Clone, PartialEq)]
pub struct TieLeg {
    /// From whom.
    pub from: usize,
    /// To whom.
    pub to: usize,
    /// What ties them, the strongest first.
    pub ties: Vec<TieFact>,
}

/// One tie with the records behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct TieFact {
    /// Place of the first party, from whom the kind is read.
    pub first: usize,
    /// Place of the second party.
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
    /// The records that tell it.
    pub records: Vec<TieRecord>,
}

/// A record that tells a tie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieRecord {
    /// Where it stands.
    pub row: RowRef,
    /// Title of its dataset.
    pub title: Words,
}

impl App {
    /// Makes ready what ties are found in, so that nobody who asks has to wait until it is read.
    pub async fn make_ties_ready(&self) -> Result<()> {
        Ok(self.parts.analytics.make_ties_ready().await?)
    }

    /// How two parties are tied on a day. The reason goes to the audit trail before there is an answer.
    pub async fn ties(&self, actor: &Actor, inquiry: &TieInquiry, reason: &str) -> Result<TiesView> {
        let question = self.tie_question(actor, Action::ViewTies, inquiry).await?;
        self.keep_reason(actor, Action::ViewTies, inquiry, &question, said(reason)?).await?;
        let answer = self.parts.analytics.tie_paths(&question).await?;
        let tx = self.parts.store.read().await?;
        let titles = self.titles(&tx, &answer).await?;
        let ends = [(&answer.from, question.from), (&answer.to, question.to)];
        let unknown = ends.into_iter().filter(|(known, _)| known.is_none()).map(|(_, number)| {
            let kind = kind_of(&number);
            masked(&Party { number, name: None, kind })
        });
        let view = Laid::new(&answer).view(&answer, inquiry.on, &titles);
        Ok(TiesView { unknown: unknown.collect(), ..view })
    }

    /// The full name and number of a person of the answer: its place and masked number, so that nobody else is opened when
    /// the data have changed in between. The reason goes to the audit trail.
    pub async fn reveal_tied(
        &self,
        actor: &Actor,
        inquiry: &TieInquiry,
        (place, masked): (usize, &str),
        reason: &str,
    ) -> Result<Identity> {
        let question = self.tie_question(actor, Action::Reveal, inquiry).await?;
        let reason = said(reason)?;
        let answer = self.parts.analytics.tie_paths(&question).await?;
        let laid = Laid::new(&answer);
        let party = laid.parties.get(place).filter(|party| mask_id(&party.number) == masked);
        let party = party.ok_or_else(|| Error::refused(Code::Conflict))?;
        let detail = format!("{masked}: {reason}");
        self.keep_reason(actor, Action::Reveal, inquiry, &question, &detail).await?;
        let name = party.name.clone().map(Masked::new);
        Ok(Identity { name, number: Masked::new(party.number.clone()) })
    }

    /// Whom ties would be asked about, as a page may name them before anybody has asked; a number that is typed is not
    /// repeated.
    pub async fn tie_ends(
        &self,
        actor: &Actor,
        warning: Option<&WarningId>,
        ends: [&str; 2],
    ) -> Result<[Option<TieParty>; 2]> {
        let tx = self.parts.store.read().await?;
        let finding = self.tie_finding(&tx, actor, Action::ViewTies, warning).await?;
        drop(tx);
        let mut named = [None, None];
        for (end, key) in named.iter_mut().zip(ends) {
            *end = match finding.as_ref().and_then(|finding| self.party_in(finding, key)) {
                Some((name, number)) => {
                    let kind = kind_of(&number);
                    Some(masked(&Party { number, name, kind }))
                }
                None => self.object_named(actor, key).await?,
            };
        }
        Ok(named)
    }

    /// An end as the page of an object names it: an organisation by its code, a person in office by the row that describes
    /// them.
    async fn object_named(&self, actor: &Actor, key: &str) -> Result<Option<TieParty>> {
        if is_organisation_code(key) {
            return Ok(Some(TieParty { kind: EntityKind::Organisation, name: None, number: key.to_owned() }));
        }
        if key.parse::<RowRef>().is_err() || permit(actor, Action::ViewObjects).is_err() {
            return Ok(None);
        }
        let number = match self.object_key(ObjectKind::Official, key).await {
            Err(Error::NotFound(_)) => return Ok(None),
            number => number?,
        };
        let name = self.object_entry(ObjectKind::Official, &number).await?.and_then(|entry| entry.name);
        Ok(Some(masked(&Party { number, name, kind: EntityKind::Person })))
    }

    /// What an inquiry asks, once the policy has been asked.
    async fn tie_question(&self, actor: &Actor, action: Action, inquiry: &TieInquiry) -> Result<TieQuestion> {
        let tx = self.parts.store.read().await?;
        let finding = self.tie_finding(&tx, actor, action, inquiry.warning.as_ref()).await?;
        drop(tx);
        let from = self.tie_end(actor, finding.as_ref(), ("from", &inquiry.from)).await?;
        let to = self.tie_end(actor, finding.as_ref(), ("to", &inquiry.to)).await?;
        if from == to {
            return Err(Error::field("to", Code::Invalid));
        }
        Ok(TieQuestion { from, to, on: inquiry.on, through_many: inquiry.through_many })
    }

    async fn keep_reason(
        &self,
        actor: &Actor,
        action: Action,
        inquiry: &TieInquiry,
        question: &TieQuestion,
        reason: &str,
    ) -> Result<()> {
        let object = inquiry.warning.as_ref().map_or("ties", WarningId::as_str);
        let (from, to) = (mask_end(&question.from), mask_end(&question.to));
        let detail = format!("{from} - {to}: {}: {reason}", question.on);
        let tx = self.parts.store.write().await?;
        self.audit(&tx, actor, action, object, &detail).await?;
        Ok(tx.commit().await?)
    }

    /// The finding of the warning that an inquiry comes from, if it comes from one; the policy is asked either way.
    async fn tie_finding(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: Action,
        warning: Option<&WarningId>,
    ) -> Result<Option<Finding>> {
        let Some(id) = warning else {
            permit(actor, action)?;
            return Ok(None);
        };
        let warning = self.visible(tx, actor, action, id).await?;
        Ok(Some(self.finding_of(tx, &warning).await?))
    }

    /// The number of an end. Who sees only their own warnings may name organisations, and no person but those of the
    /// warning.
    async fn tie_end(
        &self,
        actor: &Actor,
        finding: Option<&Finding>,
        (field, text): (&'static str, &str),
    ) -> Result<String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Error::field(field, Code::Missing));
        }
        if let Some((_, number)) = finding.and_then(|finding| self.party_in(finding, text)) {
            return Ok(number);
        }
        let code = text.to_uppercase();
        if is_organisation_code(&code) {
            return Ok(code);
        }
        may(actor, Action::ViewTies, &Relation::NONE).map_err(|_| Error::refused(Code::Forbidden))?;
        if text.parse::<RowRef>().is_ok() {
            permit(actor, Action::ViewObjects)?;
            return self.object_key(ObjectKind::Official, text).await;
        }
        self.parts.analytics.person_number(text).map_err(|code| Error::field(field, code))
    }

    async fn titles(&self, tx: &Tx, answer: &TieAnswer) -> Result<BTreeMap<u32, Words>> {
        let ties = steps_of(answer).flat_map(|step| &step.ties);
        let numbers: BTreeSet<u32> = ties.flat_map(|tie| &tie.rows).map(|row| row.batch).collect();
        let batches = tx.batches_numbered(&numbers.into_iter().collect::<Vec<_>>()).await?;
        let title = |dataset: &str| match self.library().datasets.get(dataset) {
            Some(dataset) => dataset.title.clone(),
            None => Words { zh: dataset.to_owned(), en: dataset.to_owned() },
        };
        Ok(batches.into_iter().map(|batch| (batch.number, title(&batch.dataset))).collect())
    }
}

fn said(reason: &str) -> Result<&str> {
    let reason = reason.trim();
    match reason.chars().count() {
        0 => Err(Error::field("reason", Code::Missing)),
        1..=LONGEST => Ok(reason),
        _ => Err(Error::field("reason", Code::TooLarge)),
    }
}

fn kind_of(number: &str) -> EntityKind {
    if is_organisation_code(number) { EntityKind::Organisation } else { EntityKind::Person }
}

/// An end as the audit trail names it.
fn mask_end(number: &str) -> String {
    if is_organisation_code(number) { number.to_owned() } else { mask_id(number) }
}

fn masked(party: &Party) -> TieParty {
    let (name, number) = match party.kind {
        EntityKind::Person => (party.name.as_deref().map(mask_name), mask_id(&party.number)),
        EntityKind::Organisation => (party.name.clone(), party.number.clone()),
    };
    TieParty { kind: party.kind, name, number }
}

/// The steps of all ways, and the deals beside them.
fn steps_of(answer: &TieAnswer) -> impl Iterator<Item = &TieStep> {
    answer.paths.iter().flat_map(|path| &path.steps).chain(&answer.deals)
}

/// The parties of an answer, each with its place.
struct Laid<'a> {
    parties: Vec<&'a Party>,
    places: BTreeMap<&'a str, usize>,
}

impl<'a> Laid<'a> {
    fn new(answer: &'a TieAnswer) -> Laid<'a> {
        let mut laid = Laid { parties: Vec::new(), places: BTreeMap::new() };
        let steps = steps_of(answer);
        let ends = [&answer.from, &answer.to].into_iter().flatten();
        for party in ends.chain(steps.flat_map(|step| [&step.from, &step.to])) {
            if !laid.places.contains_key(party.number.as_str()) {
                laid.places.insert(&party.number, laid.parties.len());
                laid.parties.push(party);
            }
        }
        laid
    }

    fn place(&self, party: &Party) -> usize {
        self.places.get(party.number.as_str()).copied().unwrap_or_default()
    }

    fn view(&self, answer: &TieAnswer, on: Day, titles: &BTreeMap<u32, Words>) -> TiesView {
        TiesView {
            parties: self.parties.iter().map(|party| masked(party)).collect(),
            unknown: Vec::new(),
            on,
            ways: answer.paths.iter().map(|path| self.way(path, on, titles)).collect(),
            more: answer.more,
            deals: answer.deals.iter().map(|step| self.leg(step, on, titles)).collect(),
            on_other_days: answer.on_other_days,
        }
    }

    fn way(&self, path: &TiePath, on: Day, titles: &BTreeMap<u32, Words>) -> TieWay {
        TieWay {
            legs: path.steps.iter().map(|step| self.leg(step, on, titles)).collect(),
            is_shortest: path.is_shortest,
            is_strongest: path.is_strongest,
            through_many: path.through_many,
        }
    }

    fn leg(&self, step: &TieStep, on: Day, titles: &BTreeMap<u32, Words>) -> TieLeg {
        TieLeg {
            from: self.place(&step.from),
            to: self.place(&step.to),
            ties: step.ties.iter().map(|tie| self.fact(tie, on, titles)).collect(),
        }
    }

    fn fact(&self, tie: &Tie, on: Day, titles: &BTreeMap<u32, Words>) -> TieFact {
        let record = |row: &RowRef| Some(TieRecord { row: *row, title: titles.get(&row.batch)?.clone() });
        TieFact {
            first: self.place(&tie.first),
            second: self.place(&tie.second),
            kind: tie.kind,
            tier: tie.tier,
            from: tie.from,
            until: tie.until,
            share: tie.share,
            many: tie.many,
            holds: tie.holds(on),
            project: tie.project.clone(),
            records: tie.rows.iter().filter_map(record).collect(),
        }
    }
}
