//! Page structs, one file for each family. A page is filled by a site and rendered with [`askama::Template::render`];
//! where a part of it is swapped alone, a method renders that part.

mod api;
mod ask;
mod connections;
mod coverage;
mod dashboard;
mod data;
mod dataset;
mod declaration;
mod delivery;
mod erasures;
mod error;
mod freshness;
mod hand;
mod header_layout;
mod identities;
mod identity;
mod inbox;
mod intake;
mod kinship;
mod kinship_notes;
mod kinship_words;
mod login;
mod model;
mod models;
mod object;
mod objects;
mod publication;
mod quarantine;
mod request;
mod requests;
mod run;
mod runs;
mod source;
mod ties;
mod warning;
mod warning_parts;

pub use api::{ApiPage, ApiPurpose, ApiRoute};
pub use ask::{AskPage, ChangedRequest, ColumnChoice, ModelChoice};
pub use connections::{
    ConnectionHealth, ConnectionKind, ConnectionRow, ConnectionSource, ConnectionsPage, PulledDelivery,
};
pub use coverage::{CoverageCell, CoveragePage, CoverageRow};
pub use dashboard::{DashboardPage, Freshness, Heat, HeatCell, HeatRow, Kpis, ModelPrecision};
pub use data::{DataPage, DatasetRow, Department, LastBatch, Sensitivity};
pub use dataset::{Adding, BatchRow, Cadence, ColumnRow, DatasetPage, LayoutRow, ModelUse, RejectRow};
pub use declaration::{
    DeclarationPage, KinArrangement, KinContent, KinDecision, KinDifference, KinDifferenceKind, KinEvent,
    KinEventKind, KinFormRow, KinRelative, KinRights,
};
pub use delivery::{
    CitingRow, DeliveryPage, DeliveryState, MenderRow, Origin as DeliveryOrigin, Refusal, RowCounts,
    SkippedSheet, TraceRow, Withdrawal,
};
pub use erasures::{ErasureExtent, ErasureRow, ErasureStanding, ErasuresPage};
pub use error::ErrorPage;
pub use freshness::{
    DelayKind, Delayed, Fresh, FreshGroup, FreshRow, FreshnessPage, MonthCell, Standing, Volume,
};
pub use hand::{HandColumn, HandInput, HandPage, HandRow};
pub use header_layout::{Basis, LayoutCell, LayoutPage, LayoutSheet};
pub use identities::{IdentitiesPage, Likely, MoveRow, PairRow, PairStanding};
pub use identity::{
    FieldLevel, FieldRow, IdentityPage, PairEvent, PairEventKind, PairForm, PlaceRow, TouchedWarning,
    ValuePiece,
};
pub use inbox::{Assignee, Bulk, InboxPage, InboxRow, LevelCounts};
pub use intake::{IntakePage, IntakePhase, IntakeState};
pub use kinship::{
    BarPart, KinCounts, KinList, KinRow, KinState, KinUnit, KinUnitPage, KinshipPage, ListState,
};
pub use kinship_notes::{KinNote, KinPerson, KinTold};
pub use kinship_words::{matter_title, relation_title};
pub use login::{DemoLogin, LoginPage};
pub use model::{CaseRow, InputRow, ModelPage, ModelRunRow, Parameter};
pub use models::{ModelRow, ModelsPage, Pack, Speech, Status};
pub use object::{
    AboutLine, AboutRow, ObjectDelivery, ObjectFindingRow, ObjectHead, ObjectPage, ObjectWarningRow, TermRow,
};
pub use objects::{ObjectAskPage, ObjectRow, ObjectsPage};
pub use publication::{PublicLine, PublicationPage};
pub use quarantine::{HeldDeliveryRow, HeldFileRow, HeldFiles, HeldGroupRow, HeldPushRow, QuarantinePage};
pub use request::{
    AskedColumn, Cleared, DataEnd, LinkKind, RequestEvent, RequestEventKind, RequestForm, RequestPage,
    RequestSheet,
};
pub use requests::{AgreementNote, RequestRow, RequestState, RequestsPage};
pub use run::{Outcome, OutcomeRow, RunPage};
pub use runs::{RunRow, RunsPage};
pub use source::{LedHere, SourceCell, SourceLine, SourcePage};
pub use ties::{TieFact, TieLeg, TieWay, TiedParty, TiesAnswer, TiesPage};
pub use warning::{Origin, Tied, WarningPage, WarningView};
pub use warning_parts::{Action, Event, EventKind, EvidenceCell, Party, PartyKind, SourceRow};
