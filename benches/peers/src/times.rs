//! How long each step of the procedure takes, in milliseconds.

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The steps before the first release, one after another: detect, decide, copy the resource ID,
/// create the connector, authorize it, open the ticket, triage it.
pub const BEFORE_RELEASE: [u64; 7] = [
    15 * MINUTE,
    30 * MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    10 * MINUTE,
    10 * MINUTE,
    4 * HOUR,
];
/// Releasing one org.
pub const RELEASE: u64 = MINUTE;
/// Recreating one org's annotations.
pub const ANNOTATIONS: u64 = 2 * MINUTE;
/// Making the new connector the primary one.
pub const PROMOTE: u64 = 5 * MINUTE;
/// Deleting the old connector.
pub const DELETE: u64 = 5 * MINUTE;
/// When the lost region is back.
pub const REGION_BACK: u64 = 48 * HOUR;
/// The oldest alert that the platform recreates, in seconds; one exactly as old is inside.
pub const ALERT_WINDOW_S: u32 = (7 * DAY / SECOND) as u32;

const PROJECTS_PER_HOUR: u64 = 100;
const RECORDS_PER_HOUR: u64 = 10_000;

/// Discovering an org of so many projects.
pub const fn discovery(projects: u32) -> u64 {
    (projects as u64 * HOUR).div_ceil(PROJECTS_PER_HOUR)
}

/// Recreating so many records of one kind.
pub const fn recreation(records: u32) -> u64 {
    (records as u64 * HOUR).div_ceil(RECORDS_PER_HOUR)
}
