//! One suite, two engines. SQLite on a file of its own per test; PostgreSQL in a database of its own per test, where
//! `GNOMON_TEST_PG` names a cluster to throw away (see `scripts/with-postgres.sh`).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod bench;
mod connections;
mod deliveries;
mod freshness;
mod identities;
mod inbox;
mod jobs;
mod kinship;
mod layouts;
mod make;
mod mends;
mod objects;
mod opening;
mod people;
mod pushes;
mod quarantine;
mod reports;
mod requests;
mod runs;
mod volume;
mod warnings;

macro_rules! on_both_engines {
    ($($group:ident::$test:ident,)*) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $test() {
                let bench = crate::bench::Bench::sqlite().await;
                crate::$group::$test(&bench).await;
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $test() {
                let Some(bench) = crate::bench::Bench::postgres(stringify!($test)).await else { return };
                crate::$group::$test(&bench).await;
            })*
        }
    };
}

on_both_engines! {
    opening::opens_again_and_from_two_sides,
    opening::processes_take_turns,
    opening::refuses_what_a_newer_program_wrote,
    opening::keeps_facts_and_counts_up,
    people::users_have_one_login_each,
    people::sessions_begin_and_end,
    people::failures_count_from_the_last_success,
    deliveries::a_delivery_ends_once,
    deliveries::the_same_bytes_are_known,
        freshness::a_delay_is_open_until_it_is_cured, freshness::coverage_is_that_of_one_version, freshness::rows_count_for_the_month_in_which_they_came, freshness::what_models_lacked_is_told_by_run, layouts::a_layout_holds_for_what_came_while_it_was_in_force, mends::a_row_is_mended_once, mends::only_whole_files_are_a_yardstick, mends::quality_is_kept_with_its_delivery,
    runs::a_run_is_kept_with_all_that_repeats_it,
    runs::findings_come_back_in_pages,
    objects::what_was_found_about_a_subject_comes_back,
    objects::openings_are_forgotten,
    warnings::only_one_of_a_kind_is_open,
    warnings::two_changes_of_one_version_conflict,
    warnings::a_dropped_transaction_leaves_nothing,
    warnings::timelines_recoveries_and_settlements_come_back,
    identities::a_pair_keeps_its_number_and_what_was_ruled,
    identities::what_touches_an_open_warning_comes_first,
    identities::an_erased_number_takes_its_pairs_with_it,
    identities::what_linkings_did_to_entities_is_counted,
    inbox::pages_follow_one_another,
    inbox::filters_narrow,
    inbox::text_finds_numbers_names_and_tails,
    jobs::a_job_goes_to_one_worker,
    jobs::lost_jobs_go_back_and_then_end,
    connections::what_is_written_down_takes_the_place_of_what_was,
    connections::objects_are_known_by_connection_and_key,
    pushes::a_token_is_in_force_until_it_ends,
    pushes::a_key_is_used_once,
    pushes::receipts_are_written_once,
    quarantine::rows_are_open_until_they_are_mended,
    quarantine::files_are_open_until_they_are_sent_again,
    quarantine::refused_pushes_name_their_reason,
    quarantine::a_tally_follows_what_is_in,
    quarantine::a_delivery_is_traced_to_findings_and_warnings,
    jobs::the_trail_keeps_what_was_done,
    requests::a_request_comes_back_with_its_timeline,
    requests::the_last_agreed_counts_first,
    requests::deliveries_are_known_by_their_agreement,
    kinship::a_declaration_comes_back_with_all_that_belongs_to_it,
    kinship::a_list_is_answered_once,
    kinship::an_erased_person_is_in_no_declaration,
    reports::counts_and_sums,
    reports::records_of_models,
    volume::thirty_thousand_findings,
}
