data-which = Which datasets to show
data-with = With data
data-find = Title, key or department
data-jump = Departments
data-no-match = No dataset fits this filter
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
citing-more = Only the { $shown } strongest of { $count } are listed.
withdraw = Withdraw this file
withdraw-hint = Why, for example that the department sent the wrong table
withdraw-effect = { $count ->
    [0] Its rows leave the table and later files are read again; the file itself is kept.
    [one] Its rows leave the table, later files are read again, and { $count } warning that cites it says that a source was withdrawn; the file itself is kept.
   *[other] Its rows leave the table, later files are read again, and { $count } warnings that cite it say that a source was withdrawn; the file itself is kept.
}
withdrawn-because = Withdrawn on { $at }, because:
withdrawn-replaced = Replaced on { $at } by

layout = What the columns mean
layouts = Confirmed layouts
layout-begin = Say what the columns mean
layout-begin-hint = Say once, column by column, what the file’s header means; from then on the same header is taken in without asking.
layout-hint = This is what the program proposes; please check each column. Once confirmed it is kept for this dataset and the same file is taken in again. The same header is not asked about any more.
layout-no-header = No row looks like a header, so there is nothing to match. Ask the department to send the file with one.
layout-line = Header in line { $line }
layout-line-none = No header found
layout-header = Header in the file
layout-nth = Column { $number }
layout-samples = Examples
layout-means = Column it means
layout-means-what = Column that “{ $header }” means
layout-unit-of = Unit of the amounts in “{ $header }”
layout-basis = What the proposal rests on
layout-sure = { $percent }% sure
layout-leave-out = Leave out
layout-left-out = left out
layout-operation = Operation (insert, update, delete)
layout-confirm = Confirm and take in
layout-header-means = Header → column
layout-confirmed = Confirmed
layout-retire = Retire
layout-retire-effect = New files are no longer read by a retired layout; what is already in stays as it is.
columns-of-file = Columns of the file
taken-in-as = The same file is in, by a confirmed layout: see that delivery
unit-unsaid = Unit as the dataset says
unit-yuan = Unit: yuan
unit-wan = Unit: ten thousand yuan
basis-confirmed = This header was confirmed before
basis-words = The words match
basis-alike = The words are alike
basis-values = { $percent }% of the values look like “{ $column }”
basis-several = More than one column looks the same; please choose
basis-no-values = No values, and the word is unknown
basis-nothing = Nothing similar
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
connections = Connections
connections-failing = { $count ->
    [one] { $count } does not pull
   *[other] { $count } do not pull
}
connections-none = No connection yet
connections-none-hint = Write one file for each source into the folder “connections” beside the deployment’s database.
connection = Connection
connection-kind = Source
connection-kind-postgresql = PostgreSQL database
connection-kind-mysql = MySQL or MariaDB database
connection-kind-sqlite = SQLite file
connection-kind-http = Web address
connection-kind-folder = Drop folder
connection-kind-s3 = Object store
connection-kind-sftp = SFTP folder
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
connection-not-agreed = No agreement: does not pull
connection-asked = Waits to pull
connection-new = Not pulled yet
connection-fine = Fine
connection-off = Switched off
erasures = Erasures
erasures-none = Nothing was to be erased
erasures-none-hint = Where the law demands that a person be deleted, one person asks and another agrees.
erasure-number = No. { $number }
erasure-asked = Awaits another person
erasure-working = Being carried out
erasure-done = Erased
erasure-declined = Declined
erasure-ground = Legal ground
erasure-ground-hint = The provision, and who asked for it when
erasure-person = ID number
erasure-asked-by = Asked for by { $name }, { $at }
erasure-answered-by = Answered by { $name }, { $at }
erasure-done-at = Done { $at }; whom it was about is no longer known here.
erasure-declined-because = Why it was declined:
erasure-held = These open warnings rest on data about the person and have to be closed before it is answered:
erasure-extent = It concerns { $files ->
    [one] { $lines } lines of { $files } delivered file.
   *[other] { $lines } lines of { $files } delivered files.
}
erasure-rows-of = Rows concerned by no. { $number }
erasure-rows = Rows
erasure-looking = The data concerned are being looked for; reload in a while.
erasure-decline-hint = The reason, when you decline
erasure-effect = If you agree, every row that holds the number goes from all versions of all tables, from delivered files and from refused rows; number and name go from closed warnings and findings. It cannot be undone.
erasure-agree = Agree and erase
erasure-decline = Decline
erasure-ask = Ask for an erasure
erasure-hint = What it concerns is looked up first; it is carried out when another person agrees. Rows that hold the number are found; rows that hold only the name are not.

type-idno = ID number
type-uscc = credit code
type-party = ID number or credit code
type-name = name of a person
type-partyname = name of a person or organisation
type-region = division code
type-phone = telephone number
type-bankacct = bank account
type-plate = vehicle plate
type-code = identifier
type-text = text
type-hash = digest of a file
type-geo = longitude and latitude
type-date = day
type-datetime = day and time
type-month = month
type-year = year
type-int = whole number
type-dec = number
type-pct = percentage
type-money = amount
type-bool = yes or no
type-list = several items
type-enum = one of a list

sheet-skipped = Sheet { $sheet } has no header that is known; what stands on it was left out, to be verified. Its first row: { $found }
traces = What came of this file
traces-sum = { $rows ->
    [one] { $rows } row was written; { $findings } findings rest on it
   *[other] { $rows } rows were written; { $findings } findings rest on some of them
} (a finding that several runs repeat counts once).
traces-warnings = { $count ->
    [one] { $count } warning cites it, { $open } open
   *[other] { $count } warnings cite it, { $open } open
}

quarantine-hint = What was not taken in and still asks for something
quarantine-none = Nothing is kept back
quarantine-none-hint = Rows and files that were refused and pushes that were not taken are listed here.
quarantine-no-match = Nothing fits this filter
held-since = Kept back for
held-days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
held-rows = Rows kept back, by dataset, column and reason
held-open = Open rows
held-mended = Mended
held-oldest = Oldest
held-deliveries = Deliveries with open rows
held-deliveries-of = { $dataset }: { $count ->
    [one] { $count } delivery
   *[other] { $count } deliveries
}
held-do = What to do
held-send = Send mended rows
held-again = Take in again
held-layouts = Files that wait for somebody to say what their columns mean
held-files = Files that were refused
held-interrupted = The program ended while the file was read, and it is not in. Take the same file in again.
held-pushes = Pushes that were refused
held-pushes-hint = Rows that departments’ systems pushed and that were not taken in; the department puts them right and pushes again.
held-sender = Sender

hand = Add by hand
hand-hint = One record in each row, at most 20; empty rows do not count. What is typed is a delivery of its own, checked like any file, and says who typed it and why.
hand-adds = Files of this dataset are whole lists; rows typed by hand add or correct and end nothing.
hand-reason = Why it is typed
hand-reason-hint = For example the number of a paper voucher or of a letter
hand-row = Row { $number }
hand-rows = Rows
hand-send = Check and take in
hand-more = One row more
hand-leave = Back to the dataset
hand-see = See this delivery
hand-came-back = { $taken ->
    [one] { $taken } row is in
   *[other] { $taken } rows are in
}; { $count ->
    [one] { $count } row came back. Put it right and send it again: it takes the place of the one kept back.
   *[other] { $count } rows came back. Put them right and send them again: they take the place of those kept back.
}

intake = A file is being taken in
intake-hint = You may leave this page, the work goes on. When it is done, this page becomes that of the delivery.
intake-rows = Rows read
intake-read = Read
intake-rate = Rate
intake-per-second = { $size } a second
intake-left = Time left
intake-seconds = { $count ->
    [one] { $count } second
   *[other] { $count } seconds
}
phase-waiting = Waiting
phase-reading = Reading and checking rows
phase-checking = Checking the whole
phase-writing = Writing
phase-linking = Linking
held-filter = Filter what was kept back
bare-contradiction = Lines of one file say different things about the same fact; find out which is right and deliver only that one.
