steps = Progress
step-detect = Detect
step-assign = Assign
step-verify = Verify
step-dispose = Dispose
step-review = Review
step-close = Close
happened-on = Happened on
model-revision = { $model } revision { $revision }
model-precision = Model precision
not-yet-verified = nothing verified yet
to-recover = To recover
recovered = Recovered

evidence-title = { $count ->
    [one] Evidence: { $count } line
   *[other] Evidence: { $count } lines
}
evidence-sql = View rule SQL
evidence-none = No source lines kept
evidence-none-hint = This finding comes from totals; see the rule's SQL and the run.
evidence-more = { $count ->
    [one] { $count } further source line was counted and not kept.
   *[other] { $count } further source lines were counted and not kept.
}
content = Content
source-line = Source line

graph = Relations
graph-from = From
graph-relation = Relation
graph-to = To
graph-key = path to verify
kind-person = Person
kind-relative = Relative
kind-org = Company
kind-unit = Unit
kind-record = Record
kind-account = Account

origin = How this was found

parties = People and organisations
reveal = Reveal
reveal-reason = Reason for looking
reveal-show = Show
reveal-note = Numbers are masked. Showing one needs a reason and is recorded in the timeline.

actions = Actions
actions-none = There is nothing for you to do at this step.
actions-over = This warning needs no further action.
action-assign = Assign
action-verify = Verify
action-dispose = Record disposal
action-recover = Record recovery
action-submit = Send to review
action-review = Review
verdict-true-hint = As the finding says; goes on to disposal
verdict-explained-hint = There is an honest explanation; goes to review
verdict-cannot-tell-hint = What is at hand does not suffice; goes to review
verify-hint = How it was verified, the facts, the basis
note-optional = Note (optional)
assign-note-hint = What the handler should know
measure = Measures taken
dispose-hint = Recovery, mending of the rule, transfer
recovered-on = Received on
recover-hint = Receipt, account, the like
submit-hint = What the reviewer should look at
decision = Decision
review-accept = Accept and close
review-accept-hint = Facts are clear, disposal is sufficient
review-return = Return for verification
review-return-hint = Facts are not clear; back to the handler
review-ask = Return for disposal
review-ask-hint = Facts are clear, recovery or mending does not suffice; back to the handler
review-hint = Why it is accepted or returned

timeline = Timeline
event-raised = Raised by model { $model }, revision { $revision }
event-handed-on = Handed on from a declaration
origin-handed-on = Handed on by a person who looked after a declaration of relatives' matters, not found by a model. Whether the difference matters is to be verified.
event-relevelled = Level changed to { $level }
event-not-found-again = The last run no longer found this
event-changed = Evidence changed with new data
event-assigned = Assigned to { $to }, due { $due }
event-verified = Verification: { $verdict }
event-disposed = Disposal recorded: CNY { $sum } to recover
event-recovered = CNY { $sum } came back on { $day }
event-submitted = Sent to review
event-accepted = Accepted by review and closed
event-returned = Returned by review
event-withdrawn = Withdrawn: it no longer holds with corrected data
event-lost-source = A file that this evidence cites was withdrawn; wait for the next run before you go on
event-revealed = Looked at the full details of { $party }

source-title = Source record
source-header = Heading in the file
source-original = As delivered
source-stored = Read as
source-corrected = A later delivery corrected or replaced this line.
source-rejected = This line was kept back:
source-note = As in the delivered file; identity numbers and the like are masked.
sheet = Sheet
batch = Batch
