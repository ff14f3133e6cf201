runs-none = No runs yet
runs-none-hint = Once models have run, every run is listed here.
run-by = Started by
run-new = New warnings
run-withdrawn = Withdrawn
run-nothing = No model ran
run-nothing-hint = This run named no models.
running = running
