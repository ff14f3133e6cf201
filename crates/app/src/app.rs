use std::{path::PathBuf, sync::Arc};

use chrono::{SubsecRound, TimeDelta};
use gnomon_domain::{Action, Actor, Relation, due_day, local_day, may};
use gnomon_kernel::{Clock, Code, Day, Ids, Instant, IntakeId, Level, Words};
use gnomon_library::{Analytics, Library, model::Model};
use gnomon_store::{Store, Tx};

use crate::{Error, Result, Sharing, calendar::Calendar, intake::gather::Waiting, kinship::clue};

/// What the product is put together from; made once, by the binary or a test.
pub struct Parts {
    /// The operational database.
    pub store: Store,
    /// The analytical side.
    pub analytics: Arc<dyn Analytics>,
    /// Datasets, views and models.
    pub library: Arc<Library>,
    /// What the time is.
    pub clock: Arc<dyn Clock>,
    /// Where identifiers come from.
    pub ids: Arc<dyn Ids>,
    /// The data directory; holds the locks of intake, and pushes that wait.
    pub dir: PathBuf,
    /// How long tables can be read as they were.
    pub keep: TimeDelta,
    /// Whether links need an agreement to share what they carry.
    pub sharing: Sharing,
}

/// All verbs of the product. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) parts: Arc<Parts>,
    pub(crate) waiting: Arc<Waiting>,
    calendar: Arc<Calendar>,
}

impl App {
    /// Puts the product together.
    pub fn new(parts: Parts) -> Self {
        let calendar = Arc::new(Calendar::of(&parts.library));
        let waiting = Arc::new(Waiting::default());
        Self { parts: Arc::new(parts), waiting, calendar }
    }

    /// Datasets, views and models, as they are shown to everybody who may see models.
    pub fn library(&self) -> &Library {
        &self.parts.library
    }

    /// The present moment, as precise as both databases keep it.
    pub fn now(&self) -> Instant {
        self.parts.clock.now().trunc_subsecs(6)
    }

    /// Today for people and deadlines.
    pub fn today(&self) -> Day {
        local_day(self.now())
    }

    /// The deadline by level of what becomes known or is assigned today, festivals and make-up workdays counted in.
    pub fn due(&self, level: Level) -> Day {
        due_day(level, self.today(), |day| self.is_working(day))
    }

    /// Whether a day is a working day, by the library's calendar.
    pub(crate) fn is_working(&self, day: Day) -> bool {
        self.calendar.is_working(day)
    }

    /// Today for the data: a fictional county has its own.
    pub async fn data_today(&self) -> Result<Day> {
        let tx = self.parts.store.read().await?;
        Ok(tx.county_today().await?.unwrap_or_else(|| self.today()))
    }

    /// Says in which day a fictional county lives.
    pub async fn set_county_today(&self, actor: &Actor, day: Day) -> Result<()> {
        permit(actor, Action::UploadData)?;
        let tx = self.parts.store.write().await?;
        tx.set_county_today(day).await?;
        self.audit(&tx, actor, Action::UploadData, "county", &day.to_string()).await?;
        Ok(tx.commit().await?)
    }

    /// A name for a file that this process is taking in.
    pub fn intake_id(&self) -> IntakeId {
        IntakeId::new(self.ids())
    }

    pub(crate) fn ids(&self) -> &dyn Ids {
        self.parts.ids.as_ref()
    }

    pub(crate) fn model(&self, id: &str) -> Result<&Model> {
        self.parts.library.models.get(id).ok_or(Error::NotFound(Code::ModelUnknown))
    }

    /// What people call what raises warnings: a model, or a person who hands a matter on. Its id where the library has it no
    /// more.
    pub(crate) fn model_title(&self, id: &str) -> Words {
        match self.parts.library.models.get(id) {
            Some(model) => model.title.clone(),
            None if id == clue::CLUE => clue::title(),
            None => Words { zh: id.to_owned(), en: id.to_owned() },
        }
    }

    pub(crate) async fn audit(
        &self,
        tx: &Tx,
        actor: &Actor,
        action: Action,
        object: &str,
        detail: &str,
    ) -> Result<()> {
        Ok(tx.add_audit(actor, action.as_str(), object, detail, self.now()).await?)
    }
}

/// Asks the policy about an action that is not about one warning.
pub(crate) fn permit(actor: &Actor, action: Action) -> Result<()> {
    may(actor, action, &Relation::NONE).map_err(Error::refused)
}
