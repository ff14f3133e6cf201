requests = Data requests
requests-late = { $count ->
    [one] { $count } late
   *[other] { $count } late
}
requests-none = No data request yet
requests-none-hint = “Ask for data” on a dataset’s page asks the department that owns it.
request = Request
request-none = No agreement to share yet
request-new = Ask for data
request-new-hint = The department that owns the data answers. Tick only what is needed; a sensitive column can be asked for only when a model named here reads it.
request-ask = Send the request
request-asked-by = Asked by
request-agreed-by = Agreed by
request-owner = Department that owns the data
request-purpose = Purpose
request-purpose-hint = What the data are for
request-basis-hint = Name and article of the law or rule
request-columns = Columns asked for
request-column-needed = makes up the record, always included
request-models = For which models
request-models-hint = A sensitive column can be asked for only for a model that reads it.
request-models-none = No model named
request-period = Period
request-from = From (empty: open)
request-until = Until (empty: open)
request-open = open
request-link = How the data come
request-link-none = not chosen yet
request-came = Deliveries under this agreement
request-batches = { $count ->
    [one] { $count } delivery is in
   *[other] { $count } deliveries are in
}
request-sheet = Agreement to share data
request-sign-asker = For the asking office (seal, day)
request-sign-owner = For the department that owns the data (seal, day)
request-changed-hint = What was changed

request-requested = Waits for the department
request-returned = To be changed
request-refused = Not agreed
request-agreed = Agreed
request-connecting = Connecting
request-live = Sharing
request-ending = End to be confirmed
request-ended = Ended

request-answer = Answer the request
request-change = Change and ask again
request-change-hint = The department wants it changed; it answers again after that.
request-connect = Choose how the data come
request-ask-end = Ask for the end
request-confirm-end = Confirm the end
request-reason-hint = Needed when it is not agreed, sent back, or goes on
request-end-hint = Why it is to end
request-decision = Decision
answer-agree = Agree
answer-agree-hint = Share these columns, for this period, this often
answer-return = Send back
answer-return-hint = The request is to be changed and asked again
answer-refuse = Do not agree
answer-refuse-hint = A reason is needed
confirm-end = End it
confirm-end-hint = Nothing comes from now on; the data are dealt with as asked
confirm-keep-on = Let it go on
confirm-keep-on-hint = A reason is needed

link-interface = Interface (push)
link-line = Line to the department’s system (pull)
link-copy = Files
link-form = Forms filled in by hand
data-end = The data afterwards
data-end-keep = Keep
data-end-keep-hint = What is in stays in use
data-end-archive = Archive
data-end-archive-hint = The rows leave the tables, the received files are sealed
data-end-erase = Erase
data-end-erase-hint = The rows leave all versions of the tables, the received files are emptied

request-event-asked = The request was made
request-event-agreed = The department agreed
request-event-refused = The department did not agree
request-event-returned = The department sent it back
request-event-changed = It was changed and asked again
request-event-connecting = The way was chosen:
request-event-live = The first delivery is in; the sharing has begun
request-event-end-asked = The end was asked for; the data afterwards:
request-event-kept-on = It goes on
request-event-ended = The end was confirmed
request-event-cleared = What came under it has left the tables
request-clearing = What came under this agreement is leaving the tables; the certificate stands here when that is done.
request-cleared = Certificate: taken out of the tables on { $at }:
request-cleared-batches = { $count ->
    [one] { $count } delivery,
   *[other] { $count } deliveries,
}

sharing = Sharing
sharing-required = Here, connections and pushes carry data only under an agreement in force. Files taken in by hand need none; where there is an agreement, only its columns are taken in.
sharing-free = Here, connections and pushes carry data without an agreement (sharing.agreement = "free"). Where there is an agreement, only its columns are taken in.
sharing-held-up = Without an agreement in force, connections and pushes are not taken in.
columns-not-agreed = Columns that the agreement to share does not include were left out: { $columns }
notice-request-asked = The request was sent to the department.
notice-request-stepped = The request was brought forward.
