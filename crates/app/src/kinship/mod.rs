//! Declarations of relatives' matters: made due, written, compared with the registers, published, followed up. The table of
//! steps is in `gnomon_domain::kinship`; who may take which is the policy's to say. Nobody is given a score.

mod check;
pub(crate) mod clue;
mod compare;
mod declare;
mod notes;
mod open;
mod publish;
mod rows;
mod settle;
mod steps;
mod view;

pub use declare::{DeclaredRelative, RELATIVES, relative_field};
pub use notes::KinshipNote;
pub use open::Opened;
pub use publish::PublicationView;
pub use view::{
    DeclarationContent, DeclarationRow, DeclarationView, KinshipCounts, KinshipUnit, KinshipYear,
    UnitDeclarations,
};

/// The job kind of comparing declarations with the registers and of taking their rows in.
pub(crate) const KINSHIP_JOB: &str = "kinship";

/// Key of the dataset that declared rows are taken into.
const DATASET: &str = "kinship_disclosure";
