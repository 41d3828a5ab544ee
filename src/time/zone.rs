//! Time zones: from the data bundled into the build, never the machine's own,
//! which would differ from one machine to the next.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// The zone of that name, in any case; `None` if the build does not know it.
pub(super) fn find(name: &str) -> Option<TimeZone> {
    TimeZoneDatabase::bundled()
        .get(name)
        .ok()
        .filter(|zone| zone.iana_name().is_some() && !zone.is_unknown())
}

/// The known zone whose name is nearest to `name`, if one is near at all.
/// A city alone (`Chicago`) finds its zone.
pub(super) fn nearest(name: &str) -> Option<String> {
    let wanted = name.to_ascii_lowercase().replace(' ', "_");
    let distance_to = |known: &str| {
        let known = known.to_ascii_lowercase();
        let whole = edit_distance(&wanted, &known);
        match known.rsplit_once('/') {
            Some((_, city)) => whole.min(edit_distance(&wanted, city)),
            None => whole,
        }
    };
    TimeZoneDatabase::bundled()
        .available()
        .map(|known| (distance_to(known.as_str()), known.as_str().to_owned()))
        // Ties go to the first name in byte order, whatever order they come in.
        .min()
        .filter(|(distance, _)| *distance <= 1 + wanted.len() / 4)
        .map(|(_, known)| known)
}

/// Levenshtein distance in bytes: zone names are ASCII.
fn edit_distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[to.len()]
}

/// The date in `zone` at so many milliseconds from 1970, within what jiff can
/// tell.
pub(super) fn date_at(zone: &TimeZone, epoch_millis: i64) -> Date {
    let nearest_end = if epoch_millis < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    };
    let timestamp = Timestamp::from_millisecond(epoch_millis).unwrap_or(nearest_end);
    zone.to_datetime(timestamp).date()
}

/// The moment, in milliseconds from 1970, when the clocks of `zone` first show
/// `minute` minutes after the midnight that begins `date` (1440 and more reach
/// into the next day). `None` at the end of the years that jiff can tell.
///
/// A clock time that is skipped stands for the moment of the skip, one that is
/// shown twice for the first time: so shifts that touch on the wall touch in
/// fact, and none is turned around.
pub(super) fn epoch_millis(zone: &TimeZone, date: Date, minute: u16) -> Option<i64> {
    let (mut date, mut minute) = (date, minute);
    while minute >= super::shift::DAY_MINUTES {
        date = date.tomorrow().ok()?;
        minute -= super::shift::DAY_MINUTES;
    }
    let local = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    let timestamp = match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(local).ok()?,
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(local).ok()?,
        AmbiguousOffset::Gap { before, .. } => {
            skip_before(zone, local, before.to_timestamp(local).ok()?)
        }
    };
    Some(timestamp.as_millisecond())
}

/// The moment of the skip that swallowed `local`, which the old offset puts at
/// `shifted`, at or after the skip.
fn skip_before(zone: &TimeZone, local: DateTime, shifted: Timestamp) -> Timestamp {
    debug_assert!(zone.to_datetime(shifted) >= local);
    // Transitions are sought strictly before a moment; they fall on whole
    // seconds.
    let just_after = shifted
        .checked_add(jiff::SignedDuration::from_secs(1))
        .unwrap_or(shifted);
    zone.preceding(just_after)
        .next()
        .map_or(shifted, |transition| transition.timestamp())
}
