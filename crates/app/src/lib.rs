//! One async function per verb: permission, rules, store, audit. Every verb asks the policy first, changes things in one
//! transaction, and leaves a line in the audit trail. Knows no HTTP, no HTML, no engine.

mod app;
mod assign;
mod auth;
mod calendar;
mod connections;
mod coverage;
mod dashboard;
mod data;
mod delays;
mod erasure;
mod error;
mod evidence;
mod faults;
mod freshness;
mod gather;
mod hand;
mod handling;
mod identity;
mod inbox;
mod intake;
mod kinship;
mod layout_check;
mod layouts;
mod link;
mod lock;
mod models;
mod objects;
mod password;
mod perform;
mod push;
mod quarantine;
mod raise;
mod rebuild;
mod rejected;
mod requests;
mod rows;
mod run;
mod runs;
mod shown;
mod source;
mod tidy;
mod ties;
mod tokens;
mod users;
mod warning;

pub use app::{App, Parts};
pub use assign::{Assignee, Assignment};
pub use auth::{Login, Token};
pub use connections::{ConnectionRow, PullEnd};
pub use coverage::{Coverage, CoverageRow, PlaceRows};
pub use dashboard::{Dashboard, Delayed, Freshness, ModelPrecision, Place};
pub use data::{DatasetRow, DeliveryView, Traced, Withdrawal};
pub use delays::DelayKind;
pub use erasure::Answer;
pub use error::{Error, Problem, Result, Source};
pub use evidence::{Cell, ChainNode, EvidenceRow, Party, PartyKind};
pub use freshness::{FreshRow, MonthVolume};
pub use gnomon_domain::{Actor, BatchState, Origin};
pub use gnomon_store::{
    ApiToken, Arrangement, Batch, BatchCounts, BatchRefusal, Cleared, ConnectionState, Cursor, Cut,
    Declaration, Delay, Difference, Erasure, ErasureCounts, Filter, HeldDelivery, HeldPush, HeldRows, Holder,
    Job, LevelCounts, Mender, ModelRecord, MoveCount, PairFilter, PairsShown, PlaceCount, Publication,
    PublishedLine, Recovery, Region, Relative, Request, Run, RunCounts, RunModel, States, Store, TakenObject,
    Totals, Trace, UnitAccount, User, Watermark,
};
pub use hand::{MOST_TYPED, Typed, TypedFault, TypedRow, TypedRows, typed_field};
pub use handling::{Changed, Identity, Review, Seen};
pub use identity::{
    ComparedField, DoubtPlace, DoubtRow, DoubtSide, DoubtView, IdentityDesk, PAIRS_SHOWN, PairRights, Piece,
    SeenPair,
};
pub use inbox::{Inbox, WarningItem};
pub use intake::{Delivered, Recognised};
pub use kinship::{
    DeclarationContent, DeclarationRow, DeclarationView, DeclaredRelative, KinshipCounts, KinshipNote,
    KinshipUnit, KinshipYear, Opened, PublicationView, RELATIVES, UnitDeclarations, relative_field,
};
pub use layouts::{HeaderProposal, KeptLayout};
pub use models::{ModelRow, ModelView};
pub use objects::{
    ObjectData, ObjectFinding, ObjectItem, ObjectList, ObjectTerm, ObjectView, ObjectWarning, Opening,
};
pub use perform::RunProgress;
pub use push::{OpenPush, PushBegun, PushState, PushView, PushedRows, Way};
pub use quarantine::{HeldGroup, Quarantine, QuarantineFilter};
pub use rejected::{LeftOut, RejectedFile, RejectedForm, RejectedReason, RejectedWords};
pub use requests::{AgreementNote, NewRequest, RequestRow, RequestView, Sharing, SharingView};
pub use rows::{BadLine, Rows, read_rows};
pub use run::{Known, Override, Requested, RunOrder, Selection};
pub use runs::{FindingsQuery, FullEvidence, ShownFinding};
pub use shown::Shown;
pub use source::{SourceCell, SourceView};
pub use tidy::Tidied;
pub use ties::{TieFact, TieInquiry, TieLeg, TieParty, TieRecord, TieWay, TiesView};
pub use tokens::{IssuedToken, NewToken, Pusher, TokenSecret};
pub use users::NewUser;
pub use warning::{Evidence, Trend, WarningView};
