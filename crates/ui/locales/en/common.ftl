brand-name = Gnomon 圭表
skip = Skip to content
as-table = View as table
as-of = data as of { $day }
notice = Notice
synthetic = Demonstration: people, organisations, places and amounts are invented.
request-failed = The request did not complete and the page was not updated. Please try again.
find-label = Search subjects, warning numbers, last four digits

rail-label = Main
rail-group-oversight = Oversight
rail-group-content = Models and data
rail-dashboard = Dashboard
rail-warnings = Warnings
rail-ties = Relations
rail-models = Models
rail-data = Data catalogue
rail-runs = Runs
crumb = You are here

role-duty = Duty officer
role-handler = Handler
role-leader = Leader
role-department = Department liaison
role-security = Security administrator

theme-label = Appearance
theme-system = System
theme-light = Light
theme-dark = Dark
logout = Log out

level-red = Red
level-yellow = Yellow
level-blue = Blue
level = Level

state = State
state-new = Unassigned
state-assigned = Verifying
state-verified = Verified
state-disposing = Disposing
state-in-review = In review
state-closed = Closed
state-withdrawn = Withdrawn

verdict = Outcome of verification
verdict-true = Found true
verdict-explained = Explained
verdict-cannot-tell = Cannot tell

warning = Warning
subject = Subject
region = Region
model = Model
models = Models
pack = Field
department = Department
dataset = Dataset
file = File
owner = Handler
due = Due
amount = Amount
amount-yuan = Amount (CNY)
recovered-yuan = Recovered (CNY)
to-recover-yuan = To recover (CNY)
evidence = Evidence
reason = Reason
status = Maturity
precision = Precision
raised = Raised
verified = Verified
found-true = Found true
total = Total
period = Period
run = Run
run-as-of = Data as of
run-known = Known by
run-known-note = Reads only what was in at that moment and answers with what was known then; raises and withdraws no warning.
outcome = Outcome
took = Took
failed = Failed
cannot-tell = Cannot tell
can-speak = Can speak
missing-data = Data missing: { $what }
findings = { $count ->
    [one] { $count } finding
   *[other] { $count } findings
}
findings-head = Findings
rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
rows-head = Rows
rows-rejected = Rows kept back
last-delivery = Last delivery
never = never
received = Received
nobody = no handler
filter-all = All
filter-open = Open
n-of-m = { $n } of { $m }
yuan = CNY { $sum }
revision = revision { $revision }
line = line { $line }
comma = , { "" }
due-left = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
due-over = { $days ->
    [one] { $days } day over
   *[other] { $days } days over
}
count-mid = k
count-large = m
money-mid = m
money-large = bn
actor-program = the program
none-recorded = None recorded
basis = Basis
innocent = Honest explanations to think of first
next-steps = Next steps
rail-quarantine = Quarantine
delivery-erased = Lines erased on legal ground
delivery-origin = How it came
origin-link = Connection
origin-file = File
origin-hand = By hand
origin-push = Push
at-least = { $count } or more
