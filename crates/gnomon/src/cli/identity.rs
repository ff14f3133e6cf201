//! `gnomon identity`.

use clap::{Args, Subcommand, ValueEnum};
use gnomon_kernel::{EntityKind, Tier};

#[derive(Debug, Args)]
pub struct Identity {
    /// Act for this person; whoever rules, confirms or undoes has to be one.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    pub actor: Option<String>,
    #[command(subcommand)]
    pub order: IdentityOrder,
}

#[derive(Debug, Subcommand)]
pub enum IdentityOrder {
    /// Pairs of records that may be about one person or organisation, masked
    List(PairList),
    /// One pair: field by field, where it stands, what happened
    Show {
        #[arg(value_name = "PAIR")]
        pair: u32,
    },
    /// Say whether the two are one; with an open warning touched, "the same" waits for a second person
    Rule {
        #[arg(value_name = "PAIR")]
        pair: u32,
        #[command(flatten)]
        ruling: RulingOrder,
        /// A remark.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Agree, as the second person, to what another one proposed
    Confirm {
        #[arg(value_name = "PAIR")]
        pair: u32,
        /// A remark.
        #[arg(long, value_name = "TEXT", default_value = "")]
        note: String,
    },
    /// Decline, as the second person, what another one proposed
    Decline {
        #[arg(value_name = "PAIR")]
        pair: u32,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Take a ruling back; with an open warning touched, it waits for a second person
    Undo {
        #[arg(value_name = "PAIR")]
        pair: u32,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
}

#[derive(Debug, Args)]
pub struct PairList {
    /// Which pairs.
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = PairsListed::ToDo)]
    pub show: PairsListed,
    /// Only persons, or only organisations.
    #[arg(long, value_name = "KIND", value_parser = entity_kind)]
    pub kind: Option<EntityKind>,
    /// Only one tier: certain, probable or possible.
    #[arg(long, value_name = "TIER", value_parser = tier)]
    pub tier: Option<Tier>,
    /// Only pairs that touch an open warning.
    #[arg(long)]
    pub touched: bool,
    /// The beginning of a name as delivered, or a number.
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// The page, from 1.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    pub page: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PairsListed {
    /// Open, or waiting for a second person.
    ToDo,
    /// With a ruling in force.
    Ruled,
    /// All.
    All,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct RulingOrder {
    /// They are one.
    #[arg(long)]
    pub same: bool,
    /// They are not.
    #[arg(long)]
    pub not_same: bool,
}

impl RulingOrder {
    /// Whether they are one; the command line takes one of the two words.
    pub fn is_same(&self) -> bool {
        self.same && !self.not_same
    }
}

fn entity_kind(text: &str) -> Result<EntityKind, String> {
    EntityKind::parse(text).ok_or_else(|| "expected person or organisation".to_owned())
}

fn tier(text: &str) -> Result<Tier, String> {
    Tier::parse(text).ok_or_else(|| "expected certain, probable or possible".to_owned())
}
