//! One async function per verb: permission, rules, store, audit. Every verb asks the policy first, changes things in one
//! transaction, and leaves a line in the audit trail. Knows no HTTP, no HTML, no engine.

mod app;
mod auth;
mod calendar;
mod data;
mod erasure;
mod error;
mod identity;
mod intake;
mod kinship;
mod link;
mod lock;
mod models;
mod objects;
mod password;
mod requests;
mod tidy;
mod ties;
mod tokens;
mod users;
mod warning;

pub use app::{App, Parts};
pub use auth::{Login, Token};
pub use data::connections::{ConnectionRow, PullEnd};
pub use data::coverage::{Coverage, CoverageRow, PlaceRows};
pub use data::delays::DelayKind;
pub use data::freshness::{FreshRow, MonthVolume};
pub use data::source::{SourceCell, SourceView};
pub use data::{DatasetRow, DeliveryView, Traced, Withdrawal};
pub use erasure::Answer;
pub use error::{Error, Problem, Result, Source};
pub use gnomon_domain::{Actor, BatchState, Origin};
pub use gnomon_store::{
    ApiToken, Arrangement, Batch, BatchCounts, BatchRefusal, Cleared, ConnectionState, Cursor, Cut,
    Declaration, Delay, Difference, Erasure, ErasureCounts, Filter, HeldDelivery, HeldPush, HeldRows, Holder,
    Job, LevelCounts, Mender, ModelRecord, MoveCount, PairFilter, PairsShown, PlaceCount, Publication,
    PublishedLine, Recovery, Region, Relative, Request, Run, RunCounts, RunModel, States, Store, TakenObject,
    Totals, Trace, UnitAccount, User, Watermark,
};
pub use identity::{
    ComparedField, DoubtPlace, DoubtRow, DoubtSide, DoubtView, IdentityDesk, PAIRS_SHOWN, PairRights, Piece,
    SeenPair,
};
pub use intake::hand::{MOST_TYPED, Typed, TypedFault, TypedRow, TypedRows, typed_field};
pub use intake::layouts::{HeaderProposal, KeptLayout};
pub use intake::push::{OpenPush, PushBegun, PushState, PushView, PushedRows, Way};
pub use intake::quarantine::{HeldGroup, Quarantine, QuarantineFilter};
pub use intake::rejected::{LeftOut, RejectedFile, RejectedForm, RejectedReason, RejectedWords};
pub use intake::rows::{BadLine, Rows, read_rows};
pub use intake::{Delivered, Recognised};
pub use kinship::{
    DeclarationContent, DeclarationRow, DeclarationView, DeclaredRelative, KinshipCounts, KinshipNote,
    KinshipUnit, KinshipYear, Opened, PublicationView, RELATIVES, UnitDeclarations, relative_field,
};
pub use models::perform::RunProgress;
pub use models::run::{Known, Override, Requested, RunOrder, Selection};
pub use models::runs::{FindingsQuery, FullEvidence, ShownFinding};
pub use models::{ModelRow, ModelView};
pub use objects::{
    ObjectData, ObjectFinding, ObjectItem, ObjectList, ObjectTerm, ObjectView, ObjectWarning, Opening,
};
pub use requests::{AgreementNote, NewRequest, RequestRow, RequestView, Sharing, SharingView};
pub use tidy::Tidied;
pub use ties::{TieFact, TieInquiry, TieLeg, TieParty, TieRecord, TieWay, TiesView};
pub use tokens::{IssuedToken, NewToken, Pusher, TokenSecret};
pub use users::NewUser;
pub use warning::assign::{Assignee, Assignment};
pub use warning::dashboard::{Dashboard, Delayed, Freshness, ModelPrecision, Place};
pub use warning::evidence::{Cell, ChainNode, EvidenceRow, Party, PartyKind};
pub use warning::handling::{Changed, Identity, Review, Seen};
pub use warning::inbox::{Inbox, WarningItem};
pub use warning::shown::Shown;
pub use warning::{Evidence, Trend, WarningView};
