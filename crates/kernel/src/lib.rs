//! Words that every crate uses. No I/O, no async, no SQL, no HTTP, no language's words but [`Words`].

mod cadence;
mod capital;
mod clock;
mod code;
mod entity;
mod id;
mod lang;
mod level;
mod masked;
mod measure;
mod money;
mod month;
mod row_ref;
mod tie;

pub use cadence::Cadence;
pub use capital::capital;
pub use clock::{Clock, FixedClock, SystemClock};
pub use code::{Code, CodeKind};
pub use entity::{EntityKind, Tier};
pub use id::{Ids, RandomIds};
pub use lang::{Lang, Words};
pub use level::Level;
pub use masked::{
    Masked, compound_surname, is_organisation_code, is_organisation_name, mask_account, mask_id, mask_name,
    mask_phone, publish_id,
};
pub use measure::{Measure, MeasureKind};
pub use money::{Money, MoneyError};
pub use month::Month;
pub use row_ref::RowRef;
pub use tie::TieKind;

/// A calendar day in the deployment's time zone (Asia/Shanghai).
pub type Day = chrono::NaiveDate;
/// A moment, always kept in UTC and shown in the deployment's time zone.
pub type Instant = chrono::DateTime<chrono::Utc>;

id!(
    /// One rebuilding of a table.
    RebuildId, "rbd"
);
id!(
    /// One delivered file taken into one dataset.
    BatchId, "bat"
);
id!(
    /// One file being taken in by this process.
    IntakeId, "itk"
);
id!(
    /// What the cells of one header mean for one dataset.
    LayoutId, "lay"
);
id!(
    /// One department asked to share one dataset.
    RequestId, "req"
);
id!(
    /// One official's declaration of relatives and their matters.
    KinshipId, "kin"
);
id!(
    /// A unit's masked list of declared matters.
    PublicationId, "pub"
);
id!(
    /// What a department's system shows when it pushes; the readable part of the token.
    TokenId, "gnt"
);
id!(
    /// One push of rows that is gathered with others.
    ReceiptId, "rcp"
);
id!(
    /// One execution of one or more models.
    RunId, "run"
);
id!(
    /// One finding carried through the loop.
    WarningId, "wrn"
);
id!(
    /// A person who logs in.
    UserId, "usr"
);
id!(
    /// One unit of work of the job queue.
    JobId, "job"
);
id!(
    /// One entry of a warning's timeline.
    EventId, "evt"
);
