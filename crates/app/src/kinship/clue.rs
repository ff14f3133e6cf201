//! A matter that is handed on as a clue: a warning of the inbox for each relative concerned. It stands on the registers' rows
//! and on a person's reason; no model has found it, and no run takes it back.

use std::collections::BTreeMap;

use gnomon_domain::{Actor, Matter};
use gnomon_kernel::{Level, RowRef, RunId, Words};
use gnomon_library::{Library, column::Column};
use gnomon_store::{Declaration, Difference, Finding, Tx, Warning};
use serde_json::Value as Json;

use crate::{App, Result, warning::raise::sources};

/// What stands in the place of a model in such a warning.
pub const CLUE: &str = "KR-CLUE";
/// The pack that it is listed under.
const PACK: &str = "KR";
/// Where the words of its evidence come from: the dataset of declared rows, and the view of posts.
const DECLARED: &str = "kinship_disclosure";
const POSTS: &str = "v_person_org";

/// What such a warning is called.
pub(crate) fn title() -> Words {
    Words {
        zh: "亲属涉权事项申报与登记不一致，移交核实".to_owned(),
        en: "Declared relatives' matters differ from the registers, handed on to be verified".to_owned(),
    }
}

/// The column that gives a cell of its evidence its type and its words.
pub(crate) fn column<'l>(library: &'l Library, name: &str) -> Option<&'l Column> {
    let declared = library.datasets.get(DECLARED).and_then(|dataset| dataset.column(name));
    let posts = || library.views.get(POSTS)?.columns.iter().find(|column| column.name == name);
    declared.or_else(posts)
}

impl App {
    /// Raises what is open of a declaration and tells the numbers of the warnings. A relative about whom one is open already
    /// gets no second.
    pub(super) async fn raise_clue(
        &self,
        tx: &Tx,
        actor: &Actor,
        declaration: &Declaration,
        reason: &str,
    ) -> Result<Vec<String>> {
        // Two who hand on at the same time would both find no open warning.
        tx.take_numbers("raise", 1).await?;
        let is_known = |known: &Warning, finding: &Finding| {
            known.subject == finding.subject && known.dedupe == finding.dedupe
        };
        let known = tx.open_warnings_of(CLUE).await?;
        let mut findings = self.clues_of(declaration, &tx.differences(&declaration.id).await?);
        findings.retain(|finding| !known.iter().any(|one| is_known(one, finding)));
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        let first = tx.add_findings(&findings).await?;
        let numbers = tx.take_warning_numbers(self.today(), findings.len()).await?;
        let (mut warnings, mut cited, mut events) = (Vec::new(), Vec::new(), Vec::new());
        for ((finding, id), number) in findings.into_iter().zip(first..).zip(&numbers) {
            let (matter, mut entry) = Matter::raise(finding.level, self.due(finding.level), self.now());
            entry.by.clone_from(&actor.user);
            entry.by_name.clone_from(&actor.name);
            reason.clone_into(&mut entry.note);
            let cites = sources(&finding);
            let finding = Finding { id, ..finding };
            let warning = self.fresh_warning(finding, (PACK, 0), number.clone(), matter)?;
            events.push((warning.id.clone(), entry));
            cited.push((warning.id.clone(), cites));
            warnings.push(warning);
        }
        tx.add_warnings(&warnings).await?;
        tx.add_sources(&cited).await?;
        tx.add_events(&events).await?;
        Ok(numbers)
    }

    /// One finding for each relative of the differences that nobody has answered; of all of them where each has an answer.
    fn clues_of(&self, declaration: &Declaration, differences: &[Difference]) -> Vec<Finding> {
        let is_open = |one: &&Difference| one.answered_at.is_none();
        let has_open = differences.iter().any(|one| one.answered_at.is_none());
        let mut by_kin: BTreeMap<&str, Vec<&Difference>> = BTreeMap::new();
        for one in differences.iter().filter(|one| !has_open || is_open(one)) {
            by_kin.entry(one.kin.reveal()).or_default().push(one);
        }
        by_kin.into_iter().map(|(kin, told)| self.clue_finding(declaration, kin, &told)).collect()
    }

    fn clue_finding(&self, declaration: &Declaration, kin: &str, told: &[&Difference]) -> Finding {
        let mut rows: Vec<RowRef> = told.iter().flat_map(|one| one.rows.iter().copied()).collect();
        rows.sort_unstable();
        rows.dedup();
        let with_org = told.iter().find(|one| one.org_code.is_some());
        let said = |text: &str| if text.is_empty() { Json::Null } else { Json::from(text) };
        let of_kin = |pick: fn(&Difference) -> &str| told.first().map_or(Json::Null, |one| said(pick(one)));
        let evidence = [
            ("disclosure_no", said(&declaration.number)),
            ("kin_id", said(kin)),
            ("kin_name", of_kin(|one| &one.kin_name)),
            ("relation", of_kin(|one| &one.relation)),
            ("org_id", with_org.map_or(Json::Null, |one| Json::from(one.org_code.clone()))),
            ("role", with_org.map_or(Json::Null, |one| said(&one.role))),
        ];
        Finding {
            id: 0,
            run: RunId::new(self.ids()),
            model: CLUE.to_owned(),
            subject: declaration.official.reveal().clone(),
            dedupe: kin.to_owned(),
            subject_name: Some(declaration.official_name.clone()).filter(|name| !name.is_empty()),
            level: Level::Yellow,
            money: None,
            happened_on: None,
            region_code: declaration.region_code.clone(),
            evidence: evidence
                .into_iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            row_count: rows.len() as u64,
            rows,
        }
    }
}
