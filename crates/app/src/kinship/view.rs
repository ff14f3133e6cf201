//! Declarations as they are shown. Relatives are shown to the unit, the official and the handler of a matter; counts to
//! everybody else.

use std::collections::BTreeMap;

use gnomon_domain::{Action, Actor, KinshipEntry, KinshipState, KinshipStep, Role, may};
use gnomon_kernel::{Code, Day, KinshipId};
use gnomon_library::office::Official;
use gnomon_store::{Arrangement, Declaration, Difference, Publication, Relative, Tx};

use crate::{
    App, Error, Result,
    app::permit,
    kinship::steps::{Owned, action_of, permit_some},
};

/// Declarations by what is to be done with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KinshipCounts {
    /// To be declared.
    pub due: u64,
    /// Declared, being compared or completed.
    pub checked: u64,
    /// Complete, to be published.
    pub completed: u64,
    /// Published, and nothing open.
    pub settled: u64,
    /// With a matter to be looked after, or handed on.
    pub found: u64,
    /// Of all these, those whose day has passed.
    pub late: u64,
}

impl KinshipCounts {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.due + self.checked + self.completed + self.settled + self.found
    }

    fn add(&mut self, declaration: &Declaration, today: Day) {
        use KinshipState as S;
        let place = match declaration.matter.state {
            S::Due => &mut self.due,
            S::Declared | S::Checked => &mut self.checked,
            S::Completed => &mut self.completed,
            S::Published | S::Compared | S::Explained | S::RecusalArranged | S::Exited => &mut self.settled,
            S::MatterFound | S::ExitAsked | S::Clue => &mut self.found,
        };
        *place += 1;
        self.late += u64::from(declaration.matter.is_late(today));
    }
}

/// A unit in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinshipUnit {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Its declarations.
    pub counts: KinshipCounts,
}

/// A year's declarations by unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KinshipYear {
    /// The year shown; none while no year was made due.
    pub year: Option<i32>,
    /// Years that were made due, the newest first.
    pub years: Vec<i32>,
    /// Units, those with the most late ones first, then by name.
    pub units: Vec<KinshipUnit>,
}

/// A declaration in the list of its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationRow {
    /// The declaration.
    pub declaration: Declaration,
    /// Differences that nobody has answered.
    pub open_differences: u64,
}

/// A unit's declarations and lists of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDeclarations {
    /// Code of the unit.
    pub code: String,
    /// Name of the unit.
    pub name: String,
    /// The year.
    pub year: i32,
    /// What this person may see of them.
    pub rows: Vec<DeclarationRow>,
    /// Who holds office in the unit today and has nothing to declare by this year's list: whoever has come since it was made.
    /// For those who see the whole unit.
    pub without: Vec<Official>,
    /// Its lists, the newest first.
    pub publications: Vec<Publication>,
    /// Whether this person may put a list together now.
    pub can_publish: bool,
}

/// A declaration with what one person may see of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationView {
    /// The declaration.
    pub declaration: Declaration,
    /// Rows that were declared.
    pub relative_count: u64,
    /// Differences with the registers, answered or not.
    pub difference_count: u64,
    /// Relatives, differences, recusals and exits; none for those who see counts.
    pub content: Option<DeclarationContent>,
    /// What happened, oldest first; without words for those who see counts.
    pub timeline: Vec<KinshipEntry>,
    /// Steps that this person may take now.
    pub steps: Vec<KinshipStep>,
    /// Whether this person may tell a change now.
    pub can_change: bool,
}

/// What stands in a declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationContent {
    /// What was declared.
    pub relatives: Vec<Relative>,
    /// What the registers say otherwise.
    pub differences: Vec<Difference>,
    /// Recusals and exits.
    pub arrangements: Vec<Arrangement>,
}

impl App {
    /// A year's declarations by unit; of the newest year without one. A unit's liaison sees the own unit, a handler what is
    /// assigned to them.
    pub async fn kinship_year(&self, actor: &Actor, year: Option<i32>) -> Result<KinshipYear> {
        permit(actor, Action::ViewKinship)?;
        let tx = self.parts.store.read().await?;
        let years = tx.kinship_years().await?;
        let year = year.or(years.first().copied());
        let mut units: BTreeMap<String, KinshipUnit> = BTreeMap::new();
        if let Some(year) = year {
            let (owned, today) = (self.owned_by(&tx, actor).await?, self.today());
            for declaration in tx.declarations(year, None).await? {
                if sees(actor, &owned, &declaration) {
                    let (code, name) = (&declaration.unit, &declaration.unit_name);
                    let unit = units.entry(code.clone()).or_insert_with(|| KinshipUnit {
                        code: code.clone(),
                        name: name.clone(),
                        counts: KinshipCounts::default(),
                    });
                    unit.counts.add(&declaration, today);
                }
            }
        }
        let mut units: Vec<KinshipUnit> = units.into_values().collect();
        units.sort_by(|a, b| b.counts.late.cmp(&a.counts.late).then_with(|| a.name.cmp(&b.name)));
        Ok(KinshipYear { year, years, units })
    }

    /// A unit's declarations of a year; of the newest without one.
    pub async fn unit_declarations(
        &self,
        actor: &Actor,
        unit: &str,
        year: Option<i32>,
    ) -> Result<UnitDeclarations> {
        permit(actor, Action::ViewKinship)?;
        let unknown = || Error::NotFound(Code::NotFound);
        let tx = self.parts.store.read().await?;
        let year = match year {
            Some(year) => year,
            None => tx.kinship_years().await?.first().copied().ok_or_else(unknown)?,
        };
        let owned = self.owned_by(&tx, actor).await?;
        let open: BTreeMap<KinshipId, u64> = tx.open_differences(year).await?.into_iter().collect();
        let all = tx.declarations(year, Some(unit)).await?;
        let seen = all.into_iter().filter(|declaration| sees(actor, &owned, declaration));
        let row = |declaration: Declaration| DeclarationRow {
            open_differences: open.get(&declaration.id).copied().unwrap_or(0),
            declaration,
        };
        let rows: Vec<DeclarationRow> = seen.map(row).collect();
        let name = rows.first().map(|row| row.declaration.unit_name.clone()).ok_or_else(unknown)?;
        let publications = self.lists_of(&tx, actor, (&owned, unit), year).await?;
        let waits = publications.iter().any(|one| one.state == gnomon_domain::PublicationState::Asked);
        let is_complete = |row: &DeclarationRow| row.declaration.matter.state == KinshipState::Completed;
        let can_publish = owned.speaks_for(unit) && !waits && rows.iter().any(is_complete);
        let sees_all = match actor.role {
            Role::Department => owned.speaks_for(unit),
            role => role != Role::Handler,
        };
        drop(tx);
        let without = if sees_all { self.without_declaration(unit, &rows).await? } else { Vec::new() };
        Ok(UnitDeclarations { code: unit.to_owned(), name, year, rows, without, publications, can_publish })
    }

    /// Officials of a unit who are not among its declarations, each once.
    async fn without_declaration(&self, unit: &str, rows: &[DeclarationRow]) -> Result<Vec<Official>> {
        let today = self.data_today().await?;
        let known = |official: &Official| rows.iter().any(|row| row.declaration.official == official.number);
        let mut without = self.parts.analytics.officials().await?;
        without.retain(|one| one.unit == unit && one.holds_on(today) && !known(one));
        without.dedup_by(|a, b| a.number == b.number);
        Ok(without)
    }

    /// One declaration. Whoever sees its relatives as a handler leaves a line in the audit trail.
    pub async fn declaration(&self, actor: &Actor, id: &KinshipId) -> Result<DeclarationView> {
        permit_some(actor, Action::ViewDeclaration)?;
        let tx = self.parts.store.read().await?;
        let declaration = self.declaration_for(&tx, actor, Action::ViewDeclaration, id, None).await?;
        let owns = self.owned_by(&tx, actor).await?.holds(&declaration);
        let relation = declaration.matter.relation(owns);
        let is_possible = |step: &KinshipStep| {
            let action = action_of(*step).filter(|_| declaration.matter.can(*step));
            action.is_some_and(|action| may(actor, action, &relation).is_ok())
        };
        let steps = KinshipStep::ALL.iter().copied().filter(is_possible).collect();
        let (relatives, differences) = (tx.relatives(id).await?, tx.differences(id).await?);
        let (relative_count, difference_count) = (relatives.len() as u64, differences.len() as u64);
        let mut timeline = tx.kinship_timeline(id).await?;
        let arrangements = tx.arrangements(id).await?;
        let content = match owns || actor.role == Role::Handler {
            true => Some(DeclarationContent { relatives, differences, arrangements }),
            false => None,
        };
        if content.is_none() {
            timeline.iter_mut().filter(|entry| is_told(entry.step)).for_each(|entry| entry.note.clear());
        }
        let can_change = owns && self.is_last_of_its_year(&tx, &declaration).await?;
        drop(tx);
        if actor.role == Role::Handler {
            let tx = self.parts.store.write().await?;
            self.audit(&tx, actor, Action::ViewDeclaration, id.as_str(), "relatives seen").await?;
            tx.commit().await?;
        }
        Ok(DeclarationView {
            declaration,
            relative_count,
            difference_count,
            content,
            timeline,
            steps,
            can_change,
        })
    }

    /// A declaration by its identifier or its number.
    pub async fn find_declaration(&self, actor: &Actor, name: &str) -> Result<KinshipId> {
        permit(actor, Action::ViewKinship)?;
        let tx = self.parts.store.read().await?;
        let found = tx.declaration_named(name).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let owned = self.owned_by(&tx, actor).await?;
        if sees(actor, &owned, &found) { Ok(found.id) } else { Err(Error::NotFound(Code::NotFound)) }
    }

    /// A change is told after everything of the year is complete.
    async fn is_last_of_its_year(&self, tx: &Tx, declaration: &Declaration) -> Result<bool> {
        let all = tx.declarations_of(declaration.official.reveal()).await?;
        let mut of_year = all.iter().filter(|one| one.year == declaration.year);
        Ok(of_year.all(|one| one.matter.state.is_complete()))
    }

    /// The lists of a unit that this person may read now.
    async fn lists_of(
        &self,
        tx: &Tx,
        actor: &Actor,
        (owned, unit): (&Owned, &str),
        year: i32,
    ) -> Result<Vec<Publication>> {
        let today = self.today();
        let all = tx.publications(year, Some(unit)).await?.into_iter();
        let reads = |one: &Publication| {
            let is_shown = one.shown_until.is_some_and(|until| today <= until);
            super::publish::reads(actor, owned, unit, is_shown)
        };
        Ok(all.filter(reads).collect())
    }
}

/// Whether a declaration stands in the lists that this person sees.
fn sees(actor: &Actor, owned: &Owned, declaration: &Declaration) -> bool {
    match actor.role {
        Role::Department => owned.holds(declaration),
        Role::Handler => actor.is(declaration.matter.handler.as_ref()),
        _ => true,
    }
}

/// Whether a step's words tell of relatives and their matters.
fn is_told(step: KinshipStep) -> bool {
    use KinshipStep as T;
    matches!(step, T::Explain | T::Recuse | T::AskExit | T::ProveExit | T::ToClue)
}
