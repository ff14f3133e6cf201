notice-assigned = { $count ->
    [one] { $count } warning was assigned.
   *[other] { $count } warnings were assigned.
}
notice-assigned-partly = { $done } assigned; { $failed } not, because somebody changed them meanwhile. Look at them again.
notice-verified = The result of verification is recorded.
notice-disposed = The disposal is recorded.
notice-recovered = The recovery is recorded.
notice-submitted = Sent to review.
notice-closed = Accepted by review and closed.
notice-returned = Returned to the handler.
notice-run-asked = The run was asked for. Models run one after another; reload to see how far they are.
notice-taken-in = The file was taken in: { $count ->
    [one] { $count } row.
   *[other] { $count } rows.
}
notice-taken-in-partly = The file was taken in: { $accepted } rows taken, { $rejected } kept back for the reasons below.
notice-withdrawn = The file was withdrawn and the table is updated; warnings that cite it say so.
value-yes = yes
value-no = no
rejected-line = Line
rejected-found = Found
rejected-expected = Expected
expect-choice = one of those listed
expect-day-to-come = today or a later day
expect-day = a day like 2026-01-31
expect-day-past = today or an earlier day
expect-money = an amount like 1234.56
expect-some-money = an amount above zero like 1234.56
amounts-by-month = Amounts by month
notice-layout-retired = The layout is retired.
notice-pull-asked = The pull was asked for and begins within seconds; reload to see how it went.
notice-erasure-asked = Asked for; another person has to answer.
notice-erasure-agreed = Agreed and being carried out; reload in a while.
notice-erasure-declined = Declined; nothing was erased.
notice-object-opened = The reason is recorded and the page is open.
