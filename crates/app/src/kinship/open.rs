//! Declarations become due: once a year for everybody in public office of the units under the system, and after a change.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike as _;
use gnomon_domain::{
    Action, Actor, KinshipMatter, Role,
    kinship::{due_of_change, due_of_year},
};
use gnomon_kernel::{Code, Day, KinshipId, Masked};
use gnomon_library::office::Official;
use gnomon_store::{Declaration, Tx, UnitAccount};

use crate::{App, Error, Result, app::permit, kinship::steps::permit_some};

/// The fact about the deployment that says which units are under the system.
const UNITS: &str = "kinship_units";

/// What making a year due came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Opened {
    /// Declarations that became due now.
    pub made: u64,
    /// Officials whose declaration was there before.
    pub known: u64,
}

impl App {
    /// The year that is proposed to be made due: the one that people live in.
    pub fn kinship_this_year(&self) -> i32 {
        self.today().year()
    }

    /// Makes the declarations of a year due for everybody who holds public office today in a unit under the system. What an
    /// official declared last is written down as a draft. Asked again, it adds whoever has come since.
    pub async fn open_year(&self, actor: &Actor, year: i32) -> Result<Opened> {
        permit(actor, Action::OpenKinship)?;
        if (year - self.kinship_this_year()).abs() > 1 {
            return Err(Error::field("year", Code::Invalid));
        }
        let in_office = self.data_today().await?;
        let officials = self.parts.analytics.officials().await?;
        let tx = self.parts.store.write().await?;
        let units = units_of(&tx).await?;
        let under = |official: &Official| units.is_empty() || units.contains(&official.unit);
        let officials = officials.into_iter().filter(|one| one.holds_on(in_office) && under(one));
        let known: BTreeSet<Masked<String>> =
            tx.declarations(year, None).await?.into_iter().map(|one| one.official).collect();
        let last: BTreeMap<Masked<String>, KinshipId> =
            tx.declarations(year - 1, None).await?.into_iter().map(|one| (one.official, one.id)).collect();
        let mut opened = Opened::default();
        for official in one_post_each(officials) {
            if known.contains(&official.number) {
                opened.known += 1;
                continue;
            }
            let (last, due) = (last.get(&official.number), due_of_year(year, official.from));
            let wanted = Wanted { year, of: None, official, changed_on: None, due };
            let made = self.open_declaration(&tx, actor, wanted).await?;
            if let Some(last) = last {
                tx.replace_relatives(&made.id, &tx.relatives(last).await?).await?;
            }
            opened.made += 1;
        }
        let detail = format!("{} made due, {} known", opened.made, opened.known);
        self.audit(&tx, actor, Action::OpenKinship, &format!("kinship {year}"), &detail).await?;
        tx.commit().await?;
        Ok(opened)
    }

    /// Makes the new year due where the year before was: the system goes on by itself once it was begun.
    pub(super) async fn renew_year(&self) -> Result<()> {
        let years = self.parts.store.read().await?.kinship_years().await?;
        let year = self.kinship_this_year();
        if years.contains(&(year - 1)) && !years.contains(&year) {
            self.open_year(&Actor::system(), year).await?;
        }
        Ok(())
    }

    /// Tells a change after a complete declaration: another one, due within 30 days of the change, that begins with what was
    /// declared and corrects its rows.
    pub async fn open_change(&self, actor: &Actor, id: &KinshipId, changed_on: Day) -> Result<Declaration> {
        permit_some(actor, Action::Declare)?;
        let tx = self.parts.store.write().await?;
        let before = self.declaration_for(&tx, actor, Action::Declare, id, None).await?;
        let all = tx.declarations_of(before.official.reveal()).await?;
        let of_year = |one: &&Declaration| one.year == before.year;
        if all.iter().filter(of_year).any(|one| !one.matter.state.is_complete()) {
            return Err(Error::Conflict { code: Code::State, found: before.number });
        }
        if changed_on > self.today() {
            return Err(Error::field("changed_on", Code::Invalid));
        }
        let wanted = Wanted {
            year: before.year,
            of: Some(&before),
            official: official_of(&before),
            changed_on: Some(changed_on),
            due: Some(due_of_change(changed_on)),
        };
        let made = self.open_declaration(&tx, actor, wanted).await?;
        tx.replace_relatives(&made.id, &tx.relatives(id).await?).await?;
        self.audit(&tx, actor, Action::Declare, made.id.as_str(), "change").await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Codes of the units under the system; all units when there are none.
    pub async fn kinship_units(&self, actor: &Actor) -> Result<Vec<String>> {
        permit(actor, Action::OpenKinship)?;
        units_of(&self.parts.store.read().await?).await
    }

    /// Says which units are under the system; all of them when none is named.
    pub async fn set_kinship_units(&self, actor: &Actor, units: &[String]) -> Result<()> {
        permit(actor, Action::OpenKinship)?;
        let tx = self.parts.store.write().await?;
        let text = serde_json::to_string(units).map_err(Error::internal)?;
        tx.set_meta(UNITS, &text).await?;
        let detail = format!("{} units", units.len());
        self.audit(&tx, actor, Action::OpenKinship, UNITS, &detail).await?;
        Ok(tx.commit().await?)
    }

    /// Says for which unit an account declares; with a number, for this official only.
    pub async fn set_unit_account(
        &self,
        actor: &Actor,
        login: &str,
        unit: &str,
        official: Option<&str>,
    ) -> Result<()> {
        permit(actor, Action::OpenKinship)?;
        let unit = unit.trim();
        if unit.is_empty() {
            return Err(Error::field("unit", Code::Missing));
        }
        let number = official.map(|number| self.parts.analytics.person_number(number)).transpose();
        let number = number.map_err(|code| Error::field("official", code))?;
        let tx = self.parts.store.write().await?;
        let user = tx.user_by_login(&login.trim().to_lowercase()).await?.map(|(user, _)| user);
        let user = user.filter(|user| user.role == Role::Department);
        let user = user.ok_or_else(|| Error::field("login", Code::Invalid))?;
        let account = UnitAccount { unit: unit.to_owned(), official: number.map(Masked::new) };
        tx.put_unit_account(&user.id, &account).await?;
        self.audit(&tx, actor, Action::OpenKinship, user.id.as_str(), &format!("declares for {unit}"))
            .await?;
        Ok(tx.commit().await?)
    }

    /// Stores a declaration that is due, under a number of its own.
    async fn open_declaration(&self, tx: &Tx, actor: &Actor, wanted: Wanted<'_>) -> Result<Declaration> {
        let now = self.now();
        let Wanted { year, of, official, changed_on, due } = wanted;
        let note = changed_on.map(|day| day.to_string()).unwrap_or_default();
        let (matter, entry) = KinshipMatter::open(due, &note, actor, now);
        let number = tx.take_kinship_number(year).await?;
        let declaration = Declaration {
            id: KinshipId::new(self.ids()),
            version: 0,
            disclosure_no: of.map_or(&number, |before| &before.disclosure_no).clone(),
            number,
            year,
            official: official.number,
            official_name: official.name,
            unit: official.unit,
            unit_name: official.unit_name,
            post: official.post,
            region_code: official.region_code,
            changed_on,
            opened_at: now,
            declared_by_name: String::new(),
            declared_at: None,
            handler_name: String::new(),
            publication: None,
            batch: None,
            matter,
        };
        tx.add_declaration(&declaration).await?;
        tx.add_kinship_event(&declaration.id, &entry).await?;
        Ok(declaration)
    }
}

/// The official as the declaration knows them.
fn official_of(declaration: &Declaration) -> Official {
    Official {
        number: declaration.official.clone(),
        name: declaration.official_name.clone(),
        unit: declaration.unit.clone(),
        unit_name: declaration.unit_name.clone(),
        post: declaration.post.clone(),
        region_code: declaration.region_code.clone(),
        from: None,
        until: None,
    }
}

/// Whose declaration it is to be, and of what.
struct Wanted<'a> {
    year: i32,
    /// The declaration whose rows a change corrects.
    of: Option<&'a Declaration>,
    official: Official,
    changed_on: Option<Day>,
    due: Option<Day>,
}

/// Whoever holds several posts declares once, in the unit of the post taken last.
fn one_post_each(officials: impl Iterator<Item = Official>) -> Vec<Official> {
    let mut by_number: BTreeMap<Masked<String>, Official> = BTreeMap::new();
    for official in officials {
        match by_number.get(&official.number) {
            Some(known) if known.from >= official.from => {}
            _ => drop(by_number.insert(official.number.clone(), official)),
        }
    }
    let mut each: Vec<Official> = by_number.into_values().collect();
    each.sort_by(|a, b| (&a.unit, &a.number).cmp(&(&b.unit, &b.number)));
    each
}

async fn units_of(tx: &Tx) -> Result<Vec<String>> {
    match tx.meta(UNITS).await? {
        Some(text) => serde_json::from_str(&text).map_err(Error::internal),
        None => Ok(Vec::new()),
    }
}
