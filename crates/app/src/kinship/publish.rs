//! A unit's masked list: put together, looked at as others will read it, released by a second person, shown for seven days.

use gnomon_domain::{
    Action, Actor, KinshipEvent, KinshipState, PublicationState, Relation, Role,
    kinship::{may_release, shown_until},
    may,
};
use gnomon_kernel::{Code, PublicationId, mask_name};
use gnomon_store::{Declaration, Publication, PublishedLine, Relative};

use crate::{
    App, Error, Result,
    app::permit,
    kinship::steps::{Owned, permit_some},
    warning::shown::mask_numbers,
};

/// The longest reason, in characters.
const LONGEST: usize = 2_000;

/// A publication as one person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicationView {
    /// The list, word for word.
    pub publication: Publication,
    /// Whether this person may release it or send it back.
    pub can_release: bool,
}

impl App {
    /// Puts the unit's complete declarations together as one masked list. [`Code::State`] where none is complete, or where
    /// another list waits for its release.
    pub async fn ask_publication(&self, actor: &Actor, unit: &str, year: i32) -> Result<Publication> {
        permit_some(actor, Action::AskPublication)?;
        let tx = self.parts.store.write().await?;
        let owns = self.owned_by(&tx, actor).await?.speaks_for(unit);
        may(actor, Action::AskPublication, &Relation { owns, ..Relation::NONE }).map_err(Error::refused)?;
        let waits = |one: &Publication| one.state == PublicationState::Asked;
        if let Some(waiting) = tx.publications(year, Some(unit)).await?.into_iter().find(waits) {
            return Err(Error::Conflict { code: Code::State, found: waiting.number });
        }
        let mut lines = Vec::new();
        let mut unit_name = String::new();
        for declaration in tx.declarations(year, Some(unit)).await? {
            if declaration.matter.state == KinshipState::Completed {
                lines.extend(lines_of(&declaration, &tx.relatives(&declaration.id).await?));
                unit_name = declaration.unit_name;
            }
        }
        if lines.is_empty() {
            return Err(Error::Conflict { code: Code::State, found: unit.to_owned() });
        }
        let publication = Publication {
            id: PublicationId::new(self.ids()),
            number: tx.take_publication_number(year).await?,
            version: 0,
            year,
            unit: unit.to_owned(),
            unit_name,
            state: PublicationState::Asked,
            lines,
            asked_by: actor.user.clone(),
            asked_by_name: actor.name.clone(),
            asked_at: self.now(),
            answered_by_name: String::new(),
            answered_at: None,
            remark: String::new(),
            shown_until: None,
        };
        tx.add_publication(&publication).await?;
        let detail = format!("{unit}: {} lines", publication.lines.len());
        self.audit(&tx, actor, Action::AskPublication, publication.id.as_str(), &detail).await?;
        tx.commit().await?;
        Ok(publication)
    }

    /// Releases a list that another person put together, or sends it back for a reason.
    pub async fn answer_publication(
        &self,
        actor: &Actor,
        id: &PublicationId,
        returned_because: Option<&str>,
    ) -> Result<Publication> {
        permit_some(actor, Action::ReleasePublication)?;
        let tx = self.parts.store.write().await?;
        let mut publication = tx.publication(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let owns = self.owned_by(&tx, actor).await?.speaks_for(&publication.unit);
        let asker = Relation { submitted_by: publication.asked_by.as_ref(), owns, ..Relation::NONE };
        may(actor, Action::ReleasePublication, &asker).map_err(Error::refused)?;
        may_release(publication.state, publication.asked_by.as_ref(), actor).map_err(Error::refused)?;
        publication.answered_by_name.clone_from(&actor.name);
        publication.answered_at = Some(self.now());
        let detail = match returned_because {
            Some(reason) => {
                publication.remark = said(reason)?;
                publication.state = PublicationState::Returned;
                "returned"
            }
            None => {
                publication.state = PublicationState::Released;
                publication.shown_until = Some(shown_until(self.today()));
                "released"
            }
        };
        tx.answer_publication(&publication).await?;
        if publication.state == PublicationState::Released {
            let mut of: Vec<_> = publication.lines.iter().map(|line| &line.declaration).collect();
            of.dedup();
            for id in of {
                let declaration = tx.declaration(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
                let declaration = Declaration { publication: Some(publication.id.clone()), ..declaration };
                let event = KinshipEvent::Publish { number: publication.number.clone() };
                self.step_declaration(&tx, actor, Action::ReleasePublication, &declaration, event).await?;
            }
            self.enqueue_kinship(&tx, serde_json::json!({ "published": id.as_str() })).await?;
        }
        self.audit(&tx, actor, Action::ReleasePublication, id.as_str(), detail).await?;
        tx.commit().await?;
        publication.version += 1;
        Ok(publication)
    }

    /// One list. While it is shown, everybody of the unit reads it, and whoever supervises; before and after, those who put
    /// it together, release it and look after the year.
    pub async fn publication(&self, actor: &Actor, id: &PublicationId) -> Result<PublicationView> {
        permit(actor, Action::ViewKinship)?;
        let tx = self.parts.store.read().await?;
        let publication = tx.publication(id).await?.ok_or(Error::NotFound(Code::NotFound))?;
        let owned = self.owned_by(&tx, actor).await?;
        let is_shown = publication.shown_until.is_some_and(|until| self.today() <= until);
        if !reads(actor, &owned, &publication.unit, is_shown) {
            return Err(Error::NotFound(Code::NotFound));
        }
        let asker = Relation {
            submitted_by: publication.asked_by.as_ref(),
            owns: owned.speaks_for(&publication.unit),
            ..Relation::NONE
        };
        let can_release = may(actor, Action::ReleasePublication, &asker).is_ok()
            && may_release(publication.state, publication.asked_by.as_ref(), actor).is_ok();
        Ok(PublicationView { publication, can_release })
    }
}

pub(super) fn reads(actor: &Actor, owned: &Owned, unit: &str, is_shown: bool) -> bool {
    match actor.role {
        Role::Department => owned.speaks_for(unit) || is_shown && owned.belongs_to(unit),
        Role::Handler => is_shown,
        _ => true,
    }
}

/// What others read of a declaration.
fn lines_of(declaration: &Declaration, relatives: &[Relative]) -> Vec<PublishedLine> {
    let line = |relation: &str, kin: String, matter: &str, org: String, detail: String| PublishedLine {
        declaration: declaration.id.clone(),
        official: declaration.official_name.clone(),
        post: declaration.post.clone(),
        relation: relation.to_owned(),
        kin,
        matter: matter.to_owned(),
        org,
        detail,
    };
    if relatives.is_empty() {
        return vec![line("", String::new(), "none", String::new(), String::new())];
    }
    let masked = |text: &str| {
        let hide = |text: String, one: &Relative| match one.kin_name.is_empty() {
            true => text,
            false => text.replace(&one.kin_name, &mask_name(&one.kin_name)),
        };
        mask_numbers(&relatives.iter().fold(text.to_owned(), hide))
    };
    let of = |one: &Relative| {
        let kin = mask_name(&one.kin_name);
        line(&one.relation, kin, &one.matter, masked(&one.org_name), masked(&one.detail))
    };
    relatives.iter().map(of).collect()
}

fn said(text: &str) -> Result<String> {
    match text.trim() {
        "" => Err(Error::field("reason", Code::Missing)),
        text if text.chars().count() > LONGEST => Err(Error::field("reason", Code::TextLength)),
        text => Ok(text.to_owned()),
    }
}
