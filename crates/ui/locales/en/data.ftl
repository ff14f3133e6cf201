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

connections = Connections
connections-failing = { $count ->
    [one] { $count } does not pull
   *[other] { $count } do not pull
}
connections-none = No connection yet
connections-none-hint = Write a file for each source into the folder connections of the data directory.
connection = Connection
connection-kind = Source
connection-kind-postgresql = PostgreSQL database
connection-kind-mysql = MySQL or MariaDB database
connection-kind-sqlite = SQLite file
connection-kind-http = Web address
connection-kind-folder = Drop folder
connection-kind-s3 = Object store
connection-last = Last success
connection-next = Next due
connection-rows = Rows last delivered
connection-pull = Pull now
connection-pull-one = Pull from { $name } now
connection-failures = { $count ->
    [one] { $count } pull did not end
   *[other] { $count } pulls in a row did not end
}
connection-unmarked = { $count ->
    [one] { $count } row has no watermark and was not taken
   *[other] { $count } rows have no watermark and were not taken
}
connection-unusable = File to be mended
connection-failing = Does not pull
connection-asked = Waits to pull
connection-new = Not pulled yet
connection-fine = Fine
connection-off = Switched off
