runs-none = No runs yet
runs-none-hint = Once models have run, every run is listed here.
run-by = Started by
run-new = New warnings
run-withdrawn = Withdrawn
run-nothing = No model ran
run-nothing-hint = This run named no models.
running = running
run-pending = waiting
run-now = Run all models now
run-now-hint = Runs all models in use on the newest data; what a review has settled is not raised again.
runs-older = Older runs
runs-on-page = { $count ->
    [one] { $count } run on this page
   *[other] { $count } runs on this page
}
