//! The scale of a timeline.

use crate::time::{Duration, Instant};

/// The scale: from T+0 to the last fact, in columns of equal length.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) columns: usize,
    pub(super) column_ms: u64,
    /// How many columns there may be.
    most: usize,
}

/// Lengths that a column may have, in minutes: a day has a whole number of each.
const COLUMN_MINUTES: &[u64] = &[
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 24, 30, 40, 48, 60, 90, 120, 180, 240, 360, 480, 720,
    1_440,
];

impl Scale {
    pub(super) fn new(last: Instant, columns: usize) -> Self {
        let span_ms = last.since(Instant::ZERO).as_millis();
        let columns = columns.max(2) as u64;
        // A column beyond the last fact shows how things stand after it.
        let minutes = (span_ms / 60_000) / (columns - 1) + 1;
        let fitting = COLUMN_MINUTES.iter().copied().find(|&it| it >= minutes);
        let column_ms = fitting.unwrap_or_else(|| minutes.next_multiple_of(1_440)) * 60_000;
        let used = (span_ms / column_ms + 2).min(columns);
        Self {
            columns: used as usize,
            column_ms,
            most: columns as usize,
        }
    }

    pub(super) fn column(self, at: Instant) -> usize {
        let ms = at.since(Instant::ZERO).as_millis();
        ((ms / self.column_ms) as usize).min(self.columns - 1)
    }

    pub(super) fn axis(self) -> Vec<(usize, String)> {
        let step = (self.columns / 4).max(12);
        let label = |column: usize| {
            let at = Instant::ZERO + Duration::from_millis(column as u64 * self.column_ms);
            (column, at.to_string())
        };
        // The last one is left out where it would reach beyond the columns that there may be.
        let fits = |(column, text): &(usize, String)| {
            *column == 0 || column + text.chars().count() <= self.most
        };
        (0..self.columns)
            .step_by(step)
            .map(label)
            .filter(fits)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_holds_the_last_instant_and_never_more_columns() {
        for (hours, columns) in [
            (0, 50),
            (26, 50),
            (62, 52),
            (212, 52),
            (14 * 24, 50),
            (1, 2),
            (100_000, 80),
        ] {
            let last = Instant::ZERO + Duration::from_hours(hours);
            let scale = Scale::new(last, columns);
            assert!(scale.columns <= columns && scale.columns > 0);
            assert!(scale.column(last) < scale.columns);
            assert_eq!(scale.column(Instant::ZERO), 0);
            assert_eq!(scale.axis()[0], (0, "T+0".to_owned()));
            let reach = scale
                .axis()
                .into_iter()
                .map(|it| it.0 + it.1.chars().count());
            assert!(columns < 3 || reach.max() <= Some(columns));
        }
    }

    #[test]
    fn columns_are_round_and_the_end_is_shown() {
        let scale = Scale::new(Instant::ZERO + Duration::from_mins(26 * 60 + 10), 52);
        assert_eq!((scale.column_ms, scale.columns), (40 * 60_000, 41));
    }
}
