//! Definitions of the command line, without logic. Scripts rely on names, formats and exit codes: 0 done, 1 failed, 2 wrong
//! usage. Progress goes to stderr, results to stdout.

mod erasure;
mod identity;
mod kinship;
mod link;
mod object;
mod request;
mod ties;
mod token;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gnomon_kernel::{BatchId, Day, Instant, Level, RunId};
use gnomon_library::{column::MoneyUnit, layout::CellMeaning};

pub use erasure::{Erasure, ErasureOrder};
pub use identity::{Identity, IdentityOrder, PairList, PairsListed};
pub use kinship::{Kinship, KinshipOrder};
pub use link::{Link, LinkExplain, LinkKind, LinkStep};
pub use object::{Object, ObjectOrder};
pub use request::{AskOrder, Request, RequestOrder};
pub use ties::Ties;
pub use token::Token;

/// Supervision of public money and public power.
#[derive(Debug, Parser)]
#[command(name = "gnomon", version, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Clone, Args)]
pub struct Global {
    /// Data directory.
    #[arg(long, global = true, value_name = "DIR", default_value = "./gnomon-data", env = "GNOMON_DIR")]
    pub dir: PathBuf,
    /// Add a root of datasets, views, lists and models beside the built-in one. Repeatable.
    #[arg(long, global = true, value_name = "DIR")]
    pub library: Vec<PathBuf>,
    /// Form of what is listed.
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Language of sentences for people; LANG decides when absent.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    Zh,
    En,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// A fictional county, taken in, run and served
    Demo(Demo),
    /// Write the department files of a fictional county and the answers
    County(County),
    /// Take delivered files in
    Intake(Intake),
    /// Look at datasets
    #[command(subcommand)]
    Dataset(Dataset),
    /// Look at deliveries, and take one out again
    #[command(subcommand)]
    Batch(BatchCommand),
    /// Look at, check and test models
    #[command(subcommand)]
    Model(Model),
    /// Run models over what was taken in
    Run(Run),
    /// List what a run found
    Findings(Findings),
    /// List warnings
    Warnings(Warnings),
    /// Serve the console
    Serve(Serve),
    /// Perform queued runs
    Work(Work),
    /// Bring the data directory up to this program's version
    Migrate,
    /// Examine this deployment
    Doctor,
    /// Erase a person on legal ground: one asks, another agrees
    Erasure(Erasure),
    /// Look at connections to departments' sources, and have one pull
    #[command(subcommand)]
    Connection(Connection),
    /// Ask departments to share data, and bring what was asked forward
    Request(Request),
    /// Rule whether pairs of records are about one person or organisation
    Identity(Identity),
    /// Officials' declarations of relatives' matters
    Kinship(Kinship),
    /// Look at supervised objects: officials, units, collectives, projects, suppliers
    Object(Object),
    /// Find out which rows of which files are about the same person or organisation
    Link(Link),
    /// How two persons or organisations are tied to each other on a day
    Ties(Ties),
    /// Look at the configuration
    #[command(subcommand)]
    Config(Config),
    /// Manage who can log in
    #[command(subcommand)]
    User(User),
    /// Manage the tokens with which departments' systems push
    #[command(subcommand)]
    Token(Token),
}

#[derive(Debug, Args)]
pub struct Demo {
    /// People in the county.
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(2_000..=5_000_000))]
    pub people: u32,
    /// Seed: the same seed makes the same county.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Do not serve the console when it is ready.
    #[arg(long)]
    pub no_serve: bool,
    /// Address of the console.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
}

#[derive(Debug, Args)]
pub struct County {
    /// People in the county.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2_000..=5_000_000))]
    pub people: u32,
    /// Seed: the same seed makes the same county.
    #[arg(long, value_name = "S")]
    pub seed: u64,
    /// Where to write.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Write five departments' lists of the same people instead, with keys that dirty, and truth.csv: whose row is which.
    #[arg(long, value_enum, value_name = "DIRT")]
    pub lists: Option<ListDirt>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListDirt {
    Clean,
    Dirty,
    VeryDirty,
}

#[derive(Debug, Args)]
pub struct Intake {
    /// Key of the dataset the files belong to.
    #[arg(value_name = "DATASET", required_unless_present = "folder", requires = "files")]
    pub dataset: Option<String>,
    /// The files.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Confirm that the file is right although a snapshot holds far fewer facts than before, or most rows cannot be used.
    #[arg(long)]
    pub complete: bool,
    /// Put the file in the place of an earlier batch, which is withdrawn.
    #[arg(long, value_name = "BATCH", value_parser = batch_id, conflicts_with = "folder")]
    pub instead_of: Option<BatchId>,
    /// Take in every file below a folder whose header tells its dataset.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["dataset", "files"])]
    pub folder: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Dataset {
    /// All datasets with what they hold
    List,
    /// One dataset with its columns
    Show {
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Which deliveries are due and which are late
    Freshness {
        /// Only those that are late.
        #[arg(long)]
        late: bool,
    },
    /// What the headers of a file may mean for a dataset; with --confirm, what they mean from now on
    Layout(LayoutOrder),
    /// Make a table anew from all that was received, as its dataset file describes it now
    Rebuild {
        #[arg(value_name = "KEY")]
        key: String,
    },
}

#[derive(Debug, Args)]
pub struct LayoutOrder {
    #[arg(value_name = "KEY")]
    pub key: String,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Say what a header word means: a column's name, with `:wan` or `:yuan` behind it for the unit of an amount; nothing
    /// behind the sign leaves the word out. Repeatable.
    #[arg(long = "column", value_name = "WORD=COLUMN", value_parser = word_means)]
    pub columns: Vec<WordMeans>,
    /// Keep the layout: files with these headers are taken in by it without asking.
    #[arg(long)]
    pub confirm: bool,
}

/// What a person says of a header word; `None` leaves it out.
#[derive(Debug, Clone)]
pub struct WordMeans {
    pub word: String,
    pub meaning: Option<CellMeaning>,
}

fn word_means(text: &str) -> Result<WordMeans, String> {
    let (word, said) = text.rsplit_once('=').ok_or("expected WORD=COLUMN")?;
    let (column, unit) = match said.split_once(':') {
        Some((column, "wan")) => (column, Some(MoneyUnit::Wan)),
        Some((column, "yuan")) => (column, Some(MoneyUnit::Yuan)),
        Some((_, unit)) => return Err(format!("the unit is wan or yuan, not {unit}")),
        None => (said, None),
    };
    let meaning = (!column.is_empty()).then(|| CellMeaning { column: column.to_owned(), unit });
    Ok(WordMeans { word: word.to_owned(), meaning })
}

#[derive(Debug, Subcommand)]
pub enum BatchCommand {
    /// Deliveries, newest first
    List {
        /// Only of this dataset.
        #[arg(long, value_name = "KEY")]
        dataset: Option<String>,
        /// At most so many.
        #[arg(long, value_name = "N", default_value_t = 100)]
        limit: u64,
    },
    /// Write the rows that were kept apart and are not mended yet into a file
    Rejected {
        #[arg(value_name = "BATCH", value_parser = batch_id)]
        batch: BatchId,
        /// Where to: a workbook (.xlsx) to be mended and taken in again, or a list (.csv).
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take an accepted delivery out of its table; what came after it is read again
    Withdraw {
        #[arg(value_name = "BATCH", value_parser = batch_id)]
        batch: BatchId,
        /// Why; kept with it.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

fn batch_id(text: &str) -> Result<BatchId, String> {
    BatchId::parse(text)
        .ok_or_else(|| "expected the id of a batch, bat_…, as `batch list` shows it".to_owned())
}

#[derive(Debug, Subcommand)]
pub enum Model {
    /// All models and whether they can speak
    List,
    /// One model
    Show {
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Check model, view, list and dataset files; all of the library when none is named
    Check {
        #[arg(value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Run the cases of models
    Test {
        #[arg(value_name = "ID", required_unless_present_any = ["pack", "all"])]
        id: Option<String>,
        /// All models of a pack.
        #[arg(long, value_name = "P", conflicts_with = "id")]
        pack: Option<String>,
        /// All models and views.
        #[arg(long, conflicts_with_all = ["id", "pack"])]
        all: bool,
    },
    /// The tables that cases give as models read them: canonical numbers, everybody under the number to go by
    Given {
        /// A model or view; all when absent.
        #[arg(value_name = "ID")]
        id: Option<String>,
    },
    /// The query of a model with its values put in, standing alone
    Sql {
        #[arg(value_name = "ID")]
        id: String,
        /// The run date; the data's today when absent.
        #[arg(long, value_name = "DATE")]
        as_of: Option<Day>,
        /// A value in place of a default: ID.param=value. Repeatable.
        #[arg(long, value_name = "ID.PARAM=VALUE")]
        set: Vec<String>,
    },
    /// Write library.lock anew: revision and fingerprint of every model
    Lock {
        /// Root of the library.
        #[arg(value_name = "DIR")]
        root: PathBuf,
    },
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").required(true).multiple(true))]
pub struct Run {
    /// A model. Repeatable.
    #[arg(long, value_name = "ID", group = "which")]
    pub model: Vec<String>,
    /// All models of a pack. Repeatable.
    #[arg(long, value_name = "P", group = "which")]
    pub pack: Vec<String>,
    /// All models in force.
    #[arg(long, group = "which", conflicts_with_all = ["model", "pack"])]
    pub all: bool,
    /// Answer as of this day: models take it for today and read what was in by its end. The data's today when absent.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Day>,
    /// Read what was in at this moment (RFC 3339), or `now` for everything; it may differ from --as-of.
    #[arg(long, value_name = "MOMENT", value_parser = known)]
    pub known: Option<KnownAt>,
    /// A value in place of a default: ID.param=value. Repeatable.
    #[arg(long, value_name = "ID.PARAM=VALUE")]
    pub set: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
pub enum KnownAt {
    Now,
    Moment(Instant),
}

fn known(text: &str) -> Result<KnownAt, String> {
    match text {
        "now" => Ok(KnownAt::Now),
        text => text
            .parse()
            .map(KnownAt::Moment)
            .map_err(|_| "expected `now` or a moment such as 2025-11-21T18:00:00+08:00".to_owned()),
    }
}

#[derive(Debug, Args)]
pub struct Findings {
    /// A run, or `latest`.
    #[arg(long, value_name = "ID", default_value = "latest", value_parser = run_id)]
    pub run: RunChoice,
    /// One model's only.
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,
}

#[derive(Debug, Clone)]
pub struct RunChoice(pub Option<RunId>);

fn run_id(text: &str) -> Result<RunChoice, String> {
    match text {
        "latest" => Ok(RunChoice(None)),
        text => RunId::parse(text)
            .map(|id| RunChoice(Some(id)))
            .ok_or_else(|| "expected run_… or latest".to_owned()),
    }
}

#[derive(Debug, Args)]
pub struct Warnings {
    /// One level only: red, yellow, blue.
    #[arg(long, value_name = "L", value_parser = level)]
    pub level: Option<Level>,
    /// One state only: new, assigned, verified, disposing, in_review, closed, withdrawn. All open ones when absent.
    #[arg(long, value_name = "S", value_parser = state)]
    pub state: Option<gnomon_domain::State>,
}

fn level(text: &str) -> Result<Level, String> {
    Level::parse(text).ok_or_else(|| "expected red, yellow or blue".to_owned())
}

fn state(text: &str) -> Result<gnomon_domain::State, String> {
    let words =
        || gnomon_domain::State::ALL.iter().map(|state| state.as_str()).collect::<Vec<_>>().join(", ");
    gnomon_domain::State::parse(text).ok_or_else(|| format!("expected one of {}", words()))
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Address of the console.
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
}

#[derive(Debug, Args)]
pub struct Work {
    /// Perform one job and end.
    #[arg(long, value_name = "ID", hide = true)]
    pub job: Option<String>,
    /// Name under which jobs are claimed.
    #[arg(long, value_name = "NAME", hide = true)]
    pub name: Option<String>,
    /// End when standard input closes: the process that started this one is gone.
    #[arg(long, hide = true)]
    pub attached: bool,
}

#[derive(Debug, Subcommand)]
pub enum Config {
    /// Check the configuration file and environment
    Check,
    /// Show every value in force and where it comes from
    Show,
}

#[derive(Debug, Subcommand)]
pub enum Connection {
    /// All connections: what they read, how they stand, when they pull next
    List,
    /// Check the files of connections, and whether their sources answer; all of them when none is named
    Check {
        #[arg(value_name = "NAME")]
        name: Option<String>,
    },
    /// Pull now
    Pull {
        #[arg(value_name = "NAME")]
        name: String,
        /// Everything that the source has, also what was taken before; it is recognised when it comes in.
        #[arg(long)]
        full: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// Add a person; the password is read from standard input
    Add {
        #[arg(value_name = "LOGIN")]
        login: String,
        /// Name on screen.
        #[arg(long)]
        name: String,
        /// duty_officer, handler, leader, department or security.
        #[arg(long, value_parser = role)]
        role: gnomon_domain::Role,
        /// The department they belong to, as datasets name their owner; needed for the role department.
        #[arg(long, value_name = "NAME")]
        department: Option<String>,
    },
    /// Everybody who can log in
    List,
    /// Set a password, read from standard input; ends the person's sessions
    Password {
        #[arg(value_name = "LOGIN")]
        login: String,
    },
}

fn role(text: &str) -> Result<gnomon_domain::Role, String> {
    let found = gnomon_domain::Role::PEOPLE.into_iter().find(|role| role.as_str() == text);
    found.ok_or_else(|| "expected duty_officer, handler, leader, department or security".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn verify_cli() {
        Cli::command().debug_assert();
    }
}
