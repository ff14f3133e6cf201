inbox-levels = Filter by level
inbox-filters = Filter warnings
inbox-search = Subject, number, last four digits
inbox-min = Amount from CNY
inbox-apply = Filter
inbox-reset = Reset
inbox-none = No warning fits this filter
inbox-none-hint = Widen or reset the filter.
inbox-empty = No warnings wait
inbox-empty-hint = What models find is listed here. No warning does not mean all is well: see “Models” for those that lack data.
state-owner = State / handler
raised-on = Raised
bulk-label = Assign several
bulk-selected = Selected
bulk-all = Select all warnings of this page
bulk-one = Select { $number }
pager = Pages
pager-rows = { $count ->
    [one] { $count } warning on this page
   *[other] { $count } warnings on this page
}
pager-first = First page
pager-next = Next page
assign-to = Assign to
assignee = { $name } ({ $open } open)
