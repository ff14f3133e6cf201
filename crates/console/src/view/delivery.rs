//! One delivery on its own page, and what other pages say of it.

use gnomon_app::{Batch, DeliveryView, LeftOut, Mender, RejectedReason, Traced, WarningItem};
use gnomon_domain::{BatchState, Origin};
use gnomon_kernel::Lang;
use gnomon_library::{Library, analytics::SkippedSheet};
use gnomon_ui::{
    CitingRow, DeliveryOrigin, DeliveryPage, DeliveryState, Filled, InboxFilter, MenderRow, Refusal,
    RejectRow, RowCounts, Shell, StateFilter, TraceRow, Withdrawal,
};

/// What the page needs beside the delivery.
pub struct Sources {
    /// What of it is not in the table.
    pub left_out: LeftOut,
    /// Whether this person may have the rows that were kept back.
    pub can_download: bool,
    /// Whether this person may say what headers mean.
    pub can_lay_out: bool,
    /// Whether this person may take deliveries out.
    pub can_withdraw: bool,
    /// The form that came back.
    pub filled: Filled,
}

/// One delivery: what became of it and what rests on it.
pub fn page(shell: Shell, view: &DeliveryView, sources: Sources, library: &Library) -> DeliveryPage {
    let (lang, batch) = (shell.lang, &view.batch);
    // A dataset that has left the library since is known by its key only.
    let dataset = library.datasets.get(&batch.dataset);
    let is_in = batch.state == BatchState::Accepted;
    DeliveryPage {
        shell,
        id: batch.id.to_string(),
        number: u64::from(batch.number),
        file: batch.name.clone(),
        key: batch.dataset.clone(),
        dataset: dataset.map_or(batch.dataset.as_str(), |dataset| dataset.title.get(lang)).to_owned(),
        department: dataset.map_or("—", |dataset| dataset.owner.get(lang)).to_owned(),
        state: state(batch.state),
        by: (!batch.by_name.is_empty()).then(|| batch.by_name.clone()),
        origin: origin(batch.origin),
        note: batch.note.clone(),
        received: batch.received_at,
        finished: batch.finished_at,
        bytes: batch.bytes,
        sha256: batch.sha256.clone(),
        version: batch.counts.version,
        counts: counts(batch),
        erased: view.erased,
        measures: batch.measures.clone(),
        menders: view.menders.iter().map(mender).collect(),
        refusal: refusal(batch),
        withdrawal: view.withdrawal.as_ref().map(withdrawal),
        unknown: sources.left_out.unknown,
        not_agreed: sources.left_out.not_agreed,
        skipped: sources.left_out.skipped.iter().map(skipped).collect(),
        rejects: sources.left_out.reasons.iter().map(reject).collect(),
        traces: view.traces.iter().map(|traced| trace(traced, batch, lang)).collect(),
        citing: view.citing.iter().map(|item| citing(item, lang)).collect(),
        citing_count: view.citing_count,
        can_download: sources.can_download && is_in,
        can_lay_out: sources.can_lay_out && view.asks_for_layout,
        taken_in_as: view.taken_in_as.as_ref().map(ToString::to_string),
        can_withdraw: sources.can_withdraw && is_in,
        filled: sources.filled,
    }
}

/// The state as the pages name it.
pub fn state(state: BatchState) -> DeliveryState {
    match state {
        BatchState::Checking => DeliveryState::Checking,
        BatchState::Accepted => DeliveryState::Accepted,
        BatchState::Refused => DeliveryState::Refused,
        BatchState::Interrupted => DeliveryState::Interrupted,
        BatchState::Withdrawn => DeliveryState::Withdrawn,
    }
}

/// How it came, as the pages name it.
pub fn origin(origin: Origin) -> DeliveryOrigin {
    match origin {
        Origin::Link => DeliveryOrigin::Link,
        Origin::File => DeliveryOrigin::File,
        Origin::Hand => DeliveryOrigin::Hand,
        Origin::Push => DeliveryOrigin::Push,
    }
}

fn skipped(sheet: &SkippedSheet) -> gnomon_ui::SkippedSheet {
    gnomon_ui::SkippedSheet { sheet: u64::from(sheet.sheet), found: sheet.found.clone() }
}

fn trace(traced: &Traced, batch: &Batch, lang: Lang) -> TraceRow {
    let trace = &traced.trace;
    TraceRow {
        model: trace.model.clone(),
        title: traced.title.get(lang).to_owned(),
        findings: trace.findings,
        warnings: trace.warnings,
        open: trace.open,
        filter: InboxFilter {
            model: trace.model.clone(),
            batch: batch.number.to_string(),
            state: StateFilter::All,
            ..InboxFilter::default()
        },
    }
}

fn counts(batch: &Batch) -> RowCounts {
    let counts = &batch.counts;
    RowCounts {
        rows: counts.rows,
        accepted: counts.accepted,
        written: counts.written,
        corrected: counts.corrected,
        ended: counts.ended,
        rejected: counts.rejected,
    }
}

/// Why it is not in.
pub fn refusal(batch: &Batch) -> Option<Refusal> {
    let refusal = batch.refusal.as_ref()?;
    Some(Refusal { code: refusal.code, found: refusal.found.clone(), expected: refusal.expected.clone() })
}

fn mender(mender: &Mender) -> MenderRow {
    MenderRow {
        id: mender.id.to_string(),
        file: mender.name.clone(),
        number: u64::from(mender.number),
        rows: mender.rows,
    }
}

fn withdrawal(withdrawal: &gnomon_app::Withdrawal) -> Withdrawal {
    Withdrawal {
        at: withdrawal.at,
        reason: withdrawal.reason.clone(),
        replaced_by: withdrawal.replaced_by.as_ref().map(ToString::to_string),
    }
}

/// Why rows were kept back.
pub fn reject(reason: &RejectedReason) -> RejectRow {
    RejectRow {
        column: reason.column.clone(),
        code: reason.code,
        rows: reason.rows,
        found: reason.found.clone(),
        expected: reason.expected.clone(),
    }
}

fn citing(item: &WarningItem, lang: Lang) -> CitingRow {
    CitingRow {
        id: item.id.to_string(),
        number: item.number.clone(),
        level: item.level,
        title: item.title.get(lang).to_owned(),
        region: item.place.clone().unwrap_or_else(|| "—".to_owned()),
        fen: item.money,
    }
}
