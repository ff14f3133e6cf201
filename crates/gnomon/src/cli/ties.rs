use clap::Args;
use gnomon_kernel::Day;

#[derive(Debug, Args)]
pub struct Ties {
    /// Resident number of a person, or credit code of an organisation.
    #[arg(value_name = "A")]
    pub from: String,
    /// The other.
    #[arg(value_name = "B")]
    pub to: String,
    /// The day on which ties have to hold; the data's today when absent.
    #[arg(long, value_name = "DAY")]
    pub on: Option<Day>,
    /// Also through phones, addresses, employers and households that many share.
    #[arg(long)]
    pub through_many: bool,
    /// Who asks; it takes a person.
    #[arg(long = "as", value_name = "LOGIN")]
    pub actor: String,
    /// Why; kept in the audit trail.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}
