//! What an official declares, written by the unit's liaison or by the official.

use gnomon_domain::{Action, Actor, KinshipEvent, KinshipStep};
use gnomon_kernel::{Code, KinshipId, Masked, is_organisation_code};
use gnomon_library::dataset::Dataset;
use gnomon_store::{Declaration, Difference, Relative};

use crate::{
    App, Error, Problem, Result,
    kinship::{DATASET, compare::is_covered, steps::permit_some},
};

/// The most rows of one declaration.
pub const RELATIVES: usize = 40;
/// The longest text of a field, in characters.
const LONGEST: usize = 500;
/// The word of a relative without a matter.
const NO_MATTER: &str = "none";

/// One row of the form: one matter of one relative. Empty fields say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeclaredRelative {
    /// The stored row that it was; its number stays where none is typed.
    pub was: Option<i64>,
    /// Number, as typed.
    pub kin: String,
    /// Name; needed.
    pub kin_name: String,
    /// Word of the relation; needed.
    pub relation: String,
    /// Where the relative works.
    pub employer: String,
    /// Word of the matter.
    pub matter: String,
    /// The matter in words; needed where there is one.
    pub detail: String,
    /// Credit code of the organisation.
    pub org_code: String,
    /// Name of the organisation.
    pub org_name: String,
    /// Code of the programme.
    pub program_code: String,
    /// Number of the contract.
    pub contract_no: String,
}

impl DeclaredRelative {
    /// Whether nothing was typed or chosen.
    pub fn is_blank(&self) -> bool {
        let texts = [
            &self.kin,
            &self.kin_name,
            &self.relation,
            &self.employer,
            &self.detail,
            &self.org_code,
            &self.org_name,
            &self.program_code,
            &self.contract_no,
        ];
        texts.iter().all(|text| text.trim().is_empty())
    }
}

/// The field of a form in which something of a relative is typed.
pub fn relative_field(row: usize, what: &str) -> String {
    format!("r{row}-{what}")
}

impl App {
    /// Writes down what is declared so far, in the place of what was written before. What cannot be used is an
    /// [`Error::Invalid`] with fields `r<row>-<what>`, and then nothing has changed.
    pub async fn declare(
        &self,
        actor: &Actor,
        id: &KinshipId,
        version: Option<i32>,
        relatives: &[DeclaredRelative],
    ) -> Result<Declaration> {
        permit_some(actor, Action::Declare)?;
        let tx = self.parts.store.write().await?;
        let before = self.declaration_for(&tx, actor, Action::Declare, id, version).await?;
        let stored = tx.relatives(id).await?;
        let relatives = self.checked(&before, &stored, relatives)?;
        let after =
            self.step_declaration(&tx, actor, Action::Declare, &before, KinshipEvent::Declare).await?;
        tx.replace_relatives(id, &relatives).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Hands a declaration in; a worker compares it with the registers.
    pub async fn submit_declaration(
        &self,
        actor: &Actor,
        id: &KinshipId,
        version: Option<i32>,
    ) -> Result<Declaration> {
        permit_some(actor, Action::Declare)?;
        let tx = self.parts.store.write().await?;
        let before = self.declaration_for(&tx, actor, Action::Declare, id, version).await?;
        let after = self.step_declaration(&tx, actor, Action::Declare, &before, KinshipEvent::Submit).await?;
        self.enqueue_kinship(&tx, serde_json::json!({ "compare": id.as_str() })).await?;
        tx.commit().await?;
        Ok(after)
    }

    /// Answers what differs and completes the declaration; its rows are taken in. Each difference that what is declared now
    /// does not cover needs an answer: without one it is an [`Error::Invalid`] with field `answer-<id>`. Answers to a matter
    /// that was found later are kept for its handler.
    pub async fn complete(
        &self,
        actor: &Actor,
        id: &KinshipId,
        version: Option<i32>,
        answers: &[(i64, String)],
    ) -> Result<Declaration> {
        permit_some(actor, Action::Declare)?;
        let tx = self.parts.store.write().await?;
        let before = self.declaration_for(&tx, actor, Action::Declare, id, version).await?;
        let is_matter = before.matter.can(KinshipStep::Explain);
        if !is_matter && !before.matter.can(KinshipStep::Complete) {
            return Err(Error::Conflict { code: Code::State, found: before.number });
        }
        let relatives = tx.relatives(id).await?;
        let open: Vec<Difference> =
            tx.differences(id).await?.into_iter().filter(|one| !is_covered(one, &relatives)).collect();
        let answered = self.answered(actor, open, answers)?;
        tx.replace_differences(id, &answered).await?;
        if is_matter {
            tx.update_declaration(&before).await?;
            self.audit(&tx, actor, Action::Declare, id.as_str(), "answered").await?;
            tx.commit().await?;
            return Ok(Declaration { version: before.version + 1, ..before });
        }
        let after =
            self.step_declaration(&tx, actor, Action::Declare, &before, KinshipEvent::Complete).await?;
        self.enqueue_kinship(&tx, serde_json::json!({ "take": id.as_str() })).await?;
        tx.commit().await?;
        Ok(after)
    }

    fn answered(
        &self,
        actor: &Actor,
        open: Vec<Difference>,
        answers: &[(i64, String)],
    ) -> Result<Vec<Difference>> {
        let mut problems = Vec::new();
        let mut answered = Vec::with_capacity(open.len());
        for one in open {
            let said = answers.iter().find(|(id, _)| *id == one.id).map_or("", |(_, text)| text.trim());
            let field = format!("answer-{}", one.id);
            match said.chars().count() {
                0 if one.answered_at.is_some() => answered.push(one),
                0 => problems.push(problem(&field, Code::Missing, "")),
                1..=LONGEST => answered.push(Difference {
                    answer: said.to_owned(),
                    answered_by_name: actor.name.clone(),
                    answered_at: Some(self.now()),
                    ..one
                }),
                _ => problems.push(problem(&field, Code::TextLength, "")),
            }
        }
        if problems.is_empty() { Ok(answered) } else { Err(Error::Invalid(problems)) }
    }

    fn checked(
        &self,
        declaration: &Declaration,
        stored: &[Relative],
        typed: &[DeclaredRelative],
    ) -> Result<Vec<Relative>> {
        let dataset = self.library().datasets.get(DATASET).ok_or(Error::NotFound(Code::DatasetUnknown))?;
        let mut problems = Vec::new();
        let mut relatives = Vec::new();
        if typed.len() > RELATIVES {
            problems.push(problem("rows", Code::TooLarge, ""));
        }
        for (row, typed) in typed.iter().enumerate().filter(|(_, typed)| !typed.is_blank()) {
            let before = problems.len();
            let kin = self.number_of(declaration, stored, (row, typed), &mut problems);
            check_words(dataset, (row, typed), &mut problems);
            if problems.len() == before {
                relatives.push(relative(typed, kin));
            }
        }
        if problems.is_empty() { Ok(relatives) } else { Err(Error::Invalid(problems)) }
    }

    /// The number as typed, or that of the stored row.
    fn number_of(
        &self,
        declaration: &Declaration,
        stored: &[Relative],
        (row, typed): (usize, &DeclaredRelative),
        problems: &mut Vec<Problem>,
    ) -> Option<Masked<String>> {
        if typed.kin.trim().is_empty() {
            let was = stored.iter().find(|relative| Some(relative.id) == typed.was)?;
            return was.kin.clone();
        }
        let field = relative_field(row, "kin");
        match self.parts.analytics.person_number(typed.kin.trim()) {
            Ok(number) if number == *declaration.official.reveal() => {
                problems.push(problem(&field, Code::Invalid, ""));
                None
            }
            Ok(number) => Some(Masked::new(number)),
            Err(code) => {
                problems.push(problem(&field, code, ""));
                None
            }
        }
    }
}

fn check_words(dataset: &Dataset, (row, typed): (usize, &DeclaredRelative), problems: &mut Vec<Problem>) {
    let mut wrong = |what: &str, code: Code| problems.push(problem(&relative_field(row, what), code, ""));
    if typed.kin_name.trim().is_empty() {
        wrong("kin_name", Code::Missing);
    }
    let knows = |column: &str, word: &str| {
        dataset.column(column).is_some_and(|column| column.values.contains_key(word))
    };
    match typed.relation.as_str() {
        "" => wrong("relation", Code::Missing),
        word if !knows("relation", word) => wrong("relation", Code::Invalid),
        _ => {}
    }
    let has_matter = !matches!(typed.matter.as_str(), "" | NO_MATTER);
    if has_matter && !knows("matter_type", &typed.matter) {
        wrong("matter", Code::Invalid);
    }
    let is_told = !typed.detail.trim().is_empty() || !typed.org_name.trim().is_empty();
    if has_matter && !is_told {
        wrong("detail", Code::Missing);
    }
    let code = typed.org_code.trim().to_uppercase();
    if !code.is_empty() && !is_organisation_code(&code) {
        wrong("org_code", Code::OrgLength);
    }
    for (what, text) in [
        ("kin_name", &typed.kin_name),
        ("employer", &typed.employer),
        ("detail", &typed.detail),
        ("org_name", &typed.org_name),
        ("program_code", &typed.program_code),
        ("contract_no", &typed.contract_no),
    ] {
        if text.chars().count() > LONGEST {
            wrong(what, Code::TextLength);
        }
    }
}

fn relative(typed: &DeclaredRelative, kin: Option<Masked<String>>) -> Relative {
    let text = |text: &str| text.trim().to_owned();
    let some = |said: &str| Some(text(said)).filter(|said| !said.is_empty());
    Relative {
        id: 0,
        kin,
        kin_name: text(&typed.kin_name),
        relation: typed.relation.clone(),
        employer: text(&typed.employer),
        matter: if typed.matter.is_empty() { NO_MATTER.to_owned() } else { typed.matter.clone() },
        detail: text(&typed.detail),
        org_code: some(&typed.org_code.to_uppercase()),
        org_name: text(&typed.org_name),
        program_code: some(&typed.program_code),
        contract_no: some(&typed.contract_no),
    }
}

fn problem(field: &str, code: Code, found: &str) -> Problem {
    Problem { field: field.to_owned(), code, found: found.to_owned(), expected: String::new() }
}
