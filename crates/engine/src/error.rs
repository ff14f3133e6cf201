use datafusion::error::DataFusionError;
use gnomon_kernel::Code;

/// Why a model did not run, in the author's terms.
#[derive(Debug, thiserror::Error)]
#[error("{detail}")]
pub struct EngineError {
    /// `ModelInvalid`, `ModelMemory`, `ModelTime`, `ModelRows` or `ModelFailed`.
    pub code: Code,
    /// What was found and expected, without stack or wrapping.
    pub detail: String,
    /// Line and column from 1 within the SQL, where known.
    pub at: Option<(usize, usize)>,
}

impl EngineError {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), at: None }
    }

    /// An error met while planning: the model's text is at fault.
    pub(crate) fn planning(error: &DataFusionError) -> Self {
        let span = error.diagnostic().and_then(|diagnostic| diagnostic.span);
        let at = span.map(|span| (span.start.line as usize, span.start.column as usize));
        Self { code: Code::ModelInvalid, detail: plain(error), at }
    }
}

/// An error met while running.
impl From<DataFusionError> for EngineError {
    fn from(error: DataFusionError) -> Self {
        let code = match error.find_root() {
            DataFusionError::ResourcesExhausted(_) => Code::ModelMemory,
            // At its limit of address space a process cannot begin a thread either.
            other if other.to_string().contains("can't spawn worker thread") => Code::ModelMemory,
            _ => Code::ModelFailed,
        };
        Self::new(code, plain(&error))
    }
}

/// The innermost message without the engine's own labels.
fn plain(error: &DataFusionError) -> String {
    let text = error.find_root().strip_backtrace();
    let labels = [
        "Error during planning: ",
        "Schema error: ",
        "Execution error: ",
        "Arrow error: ",
        "Optimizer rule ",
    ];
    let bare = labels.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(&text);
    bare.lines().next().unwrap_or(bare).to_owned()
}
