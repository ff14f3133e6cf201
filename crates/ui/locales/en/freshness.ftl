freshness = Freshness
freshness-filter = Filter datasets
freshness-late = Late
freshness-none = No dataset fits this filter
freshness-none-hint = Datasets that are late are listed here.
freshness-hint = Each cell holds the rows taken in that month; its colour compares them with the dataset's usual month (the median of those in which something came).
freshness-usual = usually { $count ->
    [one] { $count } row
   *[other] { $count } rows
} a month
freshness-waiting = { $count ->
    [one] { $count } dataset never delivered
   *[other] { $count } datasets never delivered
}
freshness-before = before the first delivery
due-by = due by { $day }
standing-on-time = on time
standing-due = late
standing-degraded = degraded
standing-never = never delivered
standing-not-expected = as it happens
volume-nothing = nothing
volume-scarce = less than half the usual
volume-fewer = fewer than usual
volume-usual = as usual
volume-more = more than usual
delayed-reminder = Reminder: due by { $day } and not received. { $count ->
    [one] { $count } model reads it.
   *[other] { $count } models read it.
}
delayed-overdue = Degraded data: due by { $day } and late by more than a whole cadence. { $count ->
    [one] { $count } model reads it; what it finds may be incomplete, to be verified.
   *[other] { $count } models read it; what they find may be incomplete, to be verified.
}
delayed-below-limits = Degraded data: the last delivery was below its limits of quality. { $count ->
    [one] { $count } model reads it; what it finds may be incomplete, to be verified.
   *[other] { $count } models read it; what they find may be incomplete, to be verified.
}
delayed-more = { $count ->
    [one] One more dataset is late.
   *[other] { $count } more datasets are late.
}
delayed-more-below = { $count ->
    [one] The last delivery of one more dataset was below its limits of quality.
   *[other] The last deliveries of { $count } more datasets were below their limits of quality.
}

coverage = Places and months
coverage-hint = Each cell holds the rows of that place and month; its colour compares them with the place's usual month. “gap”: nothing here, while at least half of the county's other townships have rows.
coverage-gap = nothing here, while other townships of the county have rows; to be verified
coverage-gap-mark = gap
coverage-gaps = { $count ->
    [one] { $count } gap to be verified
   *[other] { $count } gaps to be verified
}
coverage-unknown = place not given
coverage-none = No rows to be counted yet
coverage-none-hint = Once files are taken in, rows are counted here by place and month.
coverage-not-countable = Cannot be counted by place and month
coverage-not-countable-hint = This dataset has no column of places, or none of months or days.
