//! What is answered, as programs read it. The description is made from these structs.

use axum::{
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use gnomon_app::{Batch, LeftOut};
use gnomon_kernel::{Code, Lang, Measure};
use gnomon_library::{column::Column, dataset::Dataset};
use serde::Serialize;
use utoipa::ToSchema;

/// Why something was not done.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// Number and word; programs go by it.
    #[schema(example = "G1106 column-missing")]
    code: String,
    /// A sentence in Chinese.
    zh: String,
    /// A sentence in English.
    en: String,
    /// What was found; may be empty.
    found: String,
    /// What was expected; may be empty.
    expected: String,
}

impl ErrorBody {
    pub fn new(code: Code, found: &str, expected: &str) -> ErrorBody {
        let words = |lang| gnomon_ui::error_text(lang, code, found, expected).into_owned();
        ErrorBody {
            code: code.to_string(),
            zh: words(Lang::Zh),
            en: words(Lang::En),
            found: found.to_owned(),
            expected: expected.to_owned(),
        }
    }
}

/// A delivery that is in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchBody {
    /// Identifier of the batch.
    #[schema(example = "bat_01JD0000000000000000000000")]
    batch: String,
    /// Number of the batch, counted up.
    number: u32,
    /// Key of the dataset.
    dataset: String,
    /// Name of the file.
    name: String,
    /// `accepted`, or `withdrawn` when it was taken out again.
    state: String,
    /// Rows in the file.
    rows: u64,
    /// Rows that took effect.
    accepted: u64,
    /// Rows kept apart; `rows` = `accepted` + `rejected`.
    rejected: u64,
    /// Rows written into the table.
    written: u64,
    /// Rows written that correct earlier ones.
    corrected: u64,
    /// Facts that have ended by it.
    ended: u64,
    /// Limits of quality that it misses; accepted with gaps when there are any.
    gaps: Vec<GapBody>,
    /// Header words of columns that the dataset does not know; what stands below them was left out.
    unknown_columns: Vec<String>,
    /// Header words of columns that the agreement to share does not include; what stands below them was left out.
    columns_not_agreed: Vec<String>,
    /// Why rows were kept apart, the most frequent reason first.
    reasons: Vec<ReasonBody>,
}

/// A limit of quality that a delivery misses.
#[derive(Debug, Serialize, ToSchema)]
struct GapBody {
    /// `keys_filled`, `numbers_valid`, `codes_valid`, `regions_known`, `time_in_period`, `duplicates` or `row_count`.
    #[schema(example = "numbers_valid")]
    measure: &'static str,
    /// What was measured.
    #[schema(example = "98.71%")]
    value: String,
    /// The limit as a sentence in Chinese.
    #[schema(example = "不低于 99%")]
    limit_zh: String,
    /// The limit as a sentence in English.
    #[schema(example = "at least 99%")]
    limit_en: String,
}

impl From<&Measure> for GapBody {
    fn from(measure: &Measure) -> Self {
        GapBody {
            measure: measure.kind.as_str(),
            value: gnomon_ui::measure_value(measure),
            limit_zh: gnomon_ui::measure_limit(Lang::Zh, measure),
            limit_en: gnomon_ui::measure_limit(Lang::En, measure),
        }
    }
}

/// A reason for which rows were kept apart.
#[derive(Debug, Serialize, ToSchema)]
struct ReasonBody {
    /// Header word of the column at fault; empty for the whole row.
    column: String,
    /// How many rows.
    rows: u64,
    /// What is wrong, with the first example, masked.
    #[serde(flatten)]
    error: ErrorBody,
}

impl BatchBody {
    pub fn new(batch: &Batch, left_out: LeftOut) -> BatchBody {
        let counts = &batch.counts;
        let reason = |reason: gnomon_app::RejectedReason| ReasonBody {
            error: ErrorBody::new(reason.code, &reason.found, &reason.expected),
            column: reason.column,
            rows: reason.rows,
        };
        BatchBody {
            batch: batch.id.to_string(),
            number: batch.number,
            dataset: batch.dataset.clone(),
            name: batch.name.clone(),
            state: batch.state.to_string(),
            rows: counts.rows,
            accepted: counts.accepted,
            rejected: counts.rejected,
            written: counts.written,
            corrected: counts.corrected,
            ended: counts.ended,
            gaps: batch.gaps().map(GapBody::from).collect(),
            unknown_columns: left_out.unknown,
            columns_not_agreed: left_out.not_agreed,
            reasons: left_out.reasons.into_iter().map(reason).collect(),
        }
    }
}

/// What became of pushed rows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReceiptBody {
    /// Identifier of the push.
    #[schema(example = "rcp_01JD0000000000000000000000")]
    pub receipt: String,
    /// Key of the dataset.
    pub dataset: String,
    /// `waiting`: safe on disk; `taken`: in a batch; `refused`: in none.
    pub state: &'static str,
    /// Rows of the push; only in the answer to the push itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<u64>,
    /// The batch they are in, with the rows of other pushes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch: Option<BatchBody>,
    /// Why they are in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<ErrorBody>,
}

/// The datasets of a token.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DatasetsBody {
    /// By key.
    pub datasets: Vec<DatasetBody>,
}

/// One dataset, as files and rows for it are to be made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DatasetBody {
    /// Key, as it stands in the path.
    key: String,
    /// Name in both languages.
    title: WordsBody,
    /// The department that answers for it, in both languages.
    owner: WordsBody,
    /// How deliveries add up: `append`, `snapshot` (whole files only), `change`.
    delivery: &'static str,
    /// For a snapshot: the columns that say which part a file is the whole truth of.
    whole_of: Vec<String>,
    /// Columns that make two rows the same fact; empty when every distinct row is a fact of its own.
    natural_key: Vec<String>,
    /// How often it is to come; absent when nothing is agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    cadence: Option<&'static str>,
    /// The columns.
    columns: Vec<ColumnBody>,
}

/// One text in both languages.
#[derive(Debug, Serialize, ToSchema)]
struct WordsBody {
    /// 简体中文
    zh: String,
    /// English
    en: String,
}

/// One column of a dataset.
#[derive(Debug, Serialize, ToSchema)]
struct ColumnBody {
    /// Name.
    name: String,
    /// What a cell holds: `idno`, `date`, `money` and so on.
    #[serde(rename = "type")]
    ty: String,
    /// Name in both languages.
    title: WordsBody,
    /// Whether a file must have it and each row a value.
    required: bool,
    /// Words that a header, or the name in a JSON object, may have for it.
    headers: Vec<String>,
    /// Allowed words, where only some are.
    values: Vec<String>,
}

impl From<&gnomon_kernel::Words> for WordsBody {
    fn from(words: &gnomon_kernel::Words) -> Self {
        WordsBody { zh: words.zh.clone(), en: words.en.clone() }
    }
}

impl From<&Column> for ColumnBody {
    fn from(column: &Column) -> Self {
        let mut headers: Vec<String> = Vec::new();
        for word in column.header_words().filter(|word| !word.is_empty()) {
            if !headers.contains(&word) {
                headers.push(word);
            }
        }
        ColumnBody {
            name: column.name.clone(),
            ty: format!("{:?}", column.ty).to_lowercase(),
            title: (&column.title).into(),
            required: column.required,
            headers,
            values: column.values.keys().cloned().collect(),
        }
    }
}

impl From<&Dataset> for DatasetBody {
    fn from(dataset: &Dataset) -> Self {
        DatasetBody {
            key: dataset.key.clone(),
            title: (&dataset.title).into(),
            owner: (&dataset.owner).into(),
            delivery: dataset.delivery.as_str(),
            whole_of: dataset.whole_of.clone(),
            natural_key: dataset.natural_key.clone(),
            cadence: dataset.cadence.map(|cadence| cadence.as_str()),
            columns: dataset.columns.iter().map(ColumnBody::from).collect(),
        }
    }
}

/// An answer as JSON.
pub(crate) fn json(status: u16, body: &impl Serialize) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match serde_json::to_string(body) {
        Ok(text) => (status, [(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
