//! One scenario from a plain test.

#[test]
fn our_fleet_survives_a_day() -> Result<(), lifeboat::testing::Failure> {
    lifeboat::testing::check_file("scenarios/a-day.yaml")
}
