//! What the rows of all tables say of people, kept with the result: a delivery changes one table, and only that one is read
//! anew.

use std::collections::HashMap;

use gnomon_identity::{Line, Mentions, OfEach, Source};
use gnomon_library::analytics::AnalyticsError;
use serde::{Deserialize, Serialize};

use super::{Failure, StatesOfTables, hash_of, kept, lines::tally};
use crate::Lake;

const NAME: &str = "told";

/// What all sources say.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Told {
    /// By the place of a source, a hash of its table's rows and of what it was asked.
    asked: Vec<String>,
    pub mentions: OfEach<Mentions>,
}

impl Lake {
    /// What these sources say, of which those are read whose tables have changed.
    pub(super) async fn told(
        &self,
        sources: &[Source<'_>],
        tables: &StatesOfTables<'_>,
    ) -> Result<Told, AnalyticsError> {
        let ask = |source: &Source<'_>| {
            let dataset = source.dataset.key.as_str();
            hash_of(&[dataset, &tables[dataset], &tally(source)])
        };
        let asked: Vec<String> = sources.iter().map(ask).collect();
        let Told { asked: before, mut mentions } = tokio::task::block_in_place(|| self.last_told(&asked));
        for (at, source) in sources.iter().enumerate().filter(|(_, source)| source.says_something()) {
            if !before.contains(&asked[at]) {
                let see = &mut |line: &Line<'_>| source.see(at as u16, line, &mut mentions);
                self.each_line(source, &tally(source), see).await?;
            }
        }
        mentions.iter_mut().for_each(Mentions::settle);
        Ok(Told { asked, mentions })
    }

    /// What was said last time of that which is asked now. What cannot be read is asked again.
    fn last_told(&self, asked: &[String]) -> Told {
        let current = self.current_identities();
        let last = current.and_then(|state| kept::load(&self.kept_path(&state, NAME)));
        let Some(Told { asked: before, mut mentions }) = last else { return Told::default() };
        let now: HashMap<&str, u16> = asked.iter().map(String::as_str).zip(0..).collect();
        let place = |at: u16| now.get(before.get(usize::from(at))?.as_str()).copied();
        mentions.iter_mut().for_each(|mentions| mentions.keep(place));
        Told { asked: before, mentions }
    }

    /// Keeps what all sources say with the result that is made of it.
    pub(super) fn keep_told(&self, state: &str, told: &Told) -> Result<(), Failure> {
        kept::save(&self.kept_path(state, NAME), told)
    }
}
