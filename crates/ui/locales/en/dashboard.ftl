dash-mine = { $count ->
    [one] { $count } warning waits for me
   *[other] { $count } warnings wait for me
}
dash-level = { $level }, open
dash-unassigned = { $count } unassigned
dash-verified-rate = Found true
dash-verified = of { $count } verified
dash-recovered = Recovered (CNY)
dash-to-recover = of { $sum } to recover
dash-overdue = Overdue
dash-closed = { $count } closed
dash-weeks = Warnings raised each week
dash-week = Week
dash-no-weeks = No warnings yet
dash-no-weeks-hint = Once models have run, new warnings appear here week by week.
dash-heat = Open warnings by region and field
dash-no-open = No open warnings
dash-no-open-hint = What models find next is listed here.
dash-precision = Precision of models
dash-all-models = All models
dash-no-precision = Nothing verified yet
dash-no-precision-hint = Once warnings are verified, this shows how many of each model were true.
dash-freshness = Deliveries
dash-silent = { $count ->
    [one] One department has delivered nothing yet.
   *[other] { $count } departments have delivered nothing yet.
}
dash-all-data = Data catalogue
dash-no-data = No data yet
dash-no-data-hint = Once files are taken in, this shows when each department last delivered.
datasets-filled = Datasets with data
