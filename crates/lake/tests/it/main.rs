//! Intake and runs on real files and real Delta tables.
