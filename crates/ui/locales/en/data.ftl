data-which = Which datasets to show
data-with = With data
data-find = Title, key or department
data-jump = Departments
data-no-match = No dataset fits this filter
data-refused = Files that were refused
data-none = No datasets yet
data-none-hint = Describe a dataset in a library folder, or take in a department's files.
sensitivity = Sensitivity
sensitivity-public = Public
sensitivity-internal = Internal
sensitivity-personal = Personal
sensitivity-sensitive = Sensitive
used-by = Models
used-by-models = Models that read it
used-by-none = No model reads this dataset.
batches = Deliveries
batches-none = Nothing delivered yet
batches-none-hint = Models that need this dataset say “cannot tell”.
batch-number = batch { $number }
rows-accepted = Rows taken
rejected-download = rows kept back, download the list
rejects = What was left out, and why
whole-row = whole row
unknown-columns = Columns that this dataset does not know were left out: { $columns }
columns = Columns
column = Column
column-name = Name
column-type = Type
column-headers = Headings recognised
column-required = required
natural-key = The same fact when alike: { $columns }
upload = Take a file in
upload-file = Department file (CSV, Excel, JSON or Parquet, also compressed)
upload-complete = This file is complete although it holds far fewer facts than before
upload-hint = Its headings must be recognised. Rows with faults are kept aside with their reasons; the same file is not taken in twice.

coming = How it comes
cadence = How often
cadence-realtime = as it happens
cadence-daily = every day
cadence-weekly = every week
cadence-monthly = every month
cadence-quarterly = every quarter
cadence-termly = every school term
cadence-yearly = every year
cadence-event = when something changes
adding-append = Each file adds facts; a fact that is delivered again is corrected.
adding-snapshot = Each file is the whole list; facts that it does not hold have ended.
adding-snapshot-of = Each file is the whole list for every “{ $columns }” in it; facts of theirs that it does not hold have ended.
adding-change = Each row adds, changes or deletes one fact, as its operation says.

delivery-checking = Being read
delivery-accepted = Taken in
delivery-refused = Not taken in
delivery-interrupted = Interrupted
delivery-withdrawn = Withdrawn
delivery-facts = About this delivery
delivery-finished = Finished
delivered-by = Brought by
file-size = Size
table-version = Version of the table
batch-id = Batch id
rows-of-file = rows in the file
rows-written = Rows written
rows-corrected = Of these corrections
facts-ended = Facts ended
facts-ended-hint = deleted, or no longer listed
rejected-list = List of rows kept back
citing = Open warnings that cite this file
citing-none = No open warning cites this file.
citing-more = Only the newest { $shown } of { $count } are listed.
withdraw = Withdraw this file
withdraw-hint = Why, for example that the department sent the wrong table
withdraw-effect = { $count ->
    [0] Its rows leave the table and later files are read again; the file itself is kept.
    [one] Its rows leave the table, later files are read again, and { $count } warning that cites it says that a source was withdrawn; the file itself is kept.
   *[other] Its rows leave the table, later files are read again, and { $count } warnings that cite it say that a source was withdrawn; the file itself is kept.
}
withdrawn-because = Withdrawn on { $at }, because:
withdrawn-replaced = Replaced on { $at } by

quality = Quality
quality-over-time = Quality over time
quality-deliveries = { $count ->
    [one] the last delivery
   *[other] the last { $count } deliveries
}
quality-line = From early to late
quality-last = Last
measure-head = Measure
measure-value = Result
measure-limit = Limit
measure-keys-filled = Keys filled
measure-numbers-valid = ID numbers valid
measure-codes-valid = Credit codes valid
measure-regions-known = Divisions known
measure-time-in-period = Time in the period
measure-duplicates = Exact duplicates
measure-row-count = Rows against the median before
measure-at-least = at least { $percent }
measure-under = under { $percent }
measure-within = within { $percent } of it
measure-kept = kept
measure-missed = missed
with-gaps = with gaps
mended = Rows mended since
mended-open = { $count ->
    [one] Of { $count } row kept back, { $open } is still open.
   *[other] Of { $count } rows kept back, { $open } are still open.
}
rejected-mend = Rows to be mended
rejected-mend-hint = Put each row right and take the file in again: a row that is right takes the place of the one kept back
upload-right = Checked: the file is right; take in those of its rows that can be used
