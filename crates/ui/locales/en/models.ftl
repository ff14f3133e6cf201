models-which = Filter models
models-lead = A model only raises leads to be verified. A model that lacks data says “cannot tell”; its silence never passes for clean.
models-none = No model fits
models-none-hint = With the data at hand every model can speak.
speech = Can it speak?
cases = Cases
last-findings = Last findings
status-draft = Draft
status-trial = Trial
status-stable = Stable
status-retired = Retired
model-open = { $count ->
    [one] { $count } open warning
   *[other] { $count } open warnings
}
model-rule = The rule
model-sql = Rule SQL (values in place)
model-cases = Cases: { $n } of { $m } pass
model-runs = Last runs
model-numbers = Verification
model-reads = Reads
case = Case
case-expected = Expected
case-result = Result
case-silent = must stay silent
case-look-alike = honest look-alike
case-passes = passes
case-fails = fails
revision-head = Revision
parameters = Parameters
parameters-none = This model has no parameters.
parameter-default = default { $value }
parameter-bounds = { $least } to { $most }
input-missing = no data
input-view = view
