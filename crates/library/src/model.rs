//! Model files: one question with its law, its SQL, its parameters and its proof.

use std::collections::BTreeMap;

use gnomon_kernel::{Level, Tier, Words};
use serde::Deserialize;

use crate::{
    case::Case,
    column::EvidenceWord,
    param::{Param, ParamSet},
};

/// How far a model is trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Being written; never run by `--all`.
    Draft,
    /// Tried on data; its results raise nothing.
    Trial,
    /// In force.
    Stable,
    /// Kept for explaining old findings.
    Retired,
}

impl Status {
    /// The word in files and locale keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Trial => "trial",
            Self::Stable => "stable",
            Self::Retired => "retired",
        }
    }
}

/// What a warning of the model is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// A person's number.
    Person,
    /// An organisation's code.
    Org,
    /// A public unit or village: code of the organisation or division.
    Unit,
    /// A contract number.
    Contract,
    /// An asset or resource number.
    Asset,
    /// A bank account.
    Account,
}

impl Subject {
    /// The word in files and locale keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Org => "org",
            Self::Unit => "unit",
            Self::Contract => "contract",
            Self::Asset => "asset",
            Self::Account => "account",
        }
    }
}

/// Lists of short sentences in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordLists {
    /// 简体中文
    pub zh: Vec<String>,
    /// English
    pub en: Vec<String>,
}

impl WordLists {
    /// The sentences in one language.
    pub fn get(&self, lang: gnomon_kernel::Lang) -> &[String] {
        match lang {
            gnomon_kernel::Lang::Zh => &self.zh,
            gnomon_kernel::Lang::En => &self.en,
        }
    }
}

/// Columns of a finding that are drawn as a chain, left to right.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Graph {
    /// `subject` or names of returned columns.
    pub chain: Vec<String>,
    /// Words on the lines between them; one fewer than `chain`.
    pub edges: Vec<Words>,
}

/// The query as written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// One `select` with `$name` parameters.
    pub sql: String,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Never reused, never changed; cited in case files.
    pub id: String,
    /// Counts changes of the logic.
    pub revision: u32,
    /// How far it is trusted.
    pub status: Status,
    /// Level of rows that name none.
    pub level: Level,
    /// How certain it has to be that records are about one person or organisation; below certain no finding is red.
    #[serde(default = "certain")]
    pub certainty: Tier,
    /// What a warning is about.
    pub subject: Subject,
    /// Tables that must all have data.
    #[serde(default)]
    pub reads: Vec<String>,
    /// Tables of which at least one must have data.
    #[serde(default)]
    pub reads_any: Vec<String>,
    /// Name.
    pub title: Words,
    /// The rule, and how it comes to be broken.
    pub why: Words,
    /// Law or rule.
    pub basis: Words,
    /// One sentence with `{column}` places; formats follow the column's type.
    pub message: Words,
    /// Next steps, in order.
    pub verify: WordLists,
    /// Honest explanations to think of first.
    pub innocent: WordLists,
    /// Parameters by name.
    #[serde(default, rename = "param")]
    pub params: BTreeMap<String, Param>,
    /// Words for computed columns.
    #[serde(default)]
    pub evidence: BTreeMap<String, EvidenceWord>,
    /// Chain to draw.
    pub graph: Option<Graph>,
    /// The query.
    pub query: Query,
    /// Proof.
    #[serde(default, rename = "case")]
    pub cases: Vec<Case>,
}

fn certain() -> Tier {
    Tier::Certain
}

impl Model {
    /// The pack: the part of the id before the first dash.
    pub fn pack(&self) -> &str {
        self.id.split('-').next().unwrap_or(&self.id)
    }

    /// The parameters with their defaults and checks.
    pub fn param_set(&self) -> ParamSet<'_> {
        ParamSet::new(&self.params)
    }
}

/// A pack of models: `pack.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// The first part of its models' ids.
    pub key: String,
    /// Place in lists.
    pub order: u32,
    /// Name.
    pub title: Words,
}
