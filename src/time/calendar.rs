//! Open and closed time, compiled to integers.

use std::sync::Arc;

use super::{Duration, Instant};

/// When somebody works: always, or in a sorted list of open spans.
///
/// No time zone is left in it: [`Hours::compile`](super::Hours::compile) has
/// turned days and clock times into milliseconds from T+0. After the last span
/// it is closed for good. Cloning shares the spans.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// `None` is always open, so that the common case costs one test.
    spans: Option<Arc<[Span]>>,
}

/// One open span, from `start` up to but without `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: Instant,
    end: Instant,
    /// Open milliseconds in all spans before this one, so that open time is
    /// found by search instead of by a walk.
    before: u64,
}

impl Span {
    fn length(&self) -> u64 {
        self.end.as_millis().abs_diff(self.start.as_millis())
    }
}

impl Calendar {
    /// Open around the clock, for ever.
    #[must_use]
    pub const fn always() -> Self {
        Self { spans: None }
    }

    /// Open in the given spans (start, end without) and closed otherwise. The
    /// order does not matter; empty spans are left out; spans that touch or
    /// overlap become one. Without spans it is never open.
    #[must_use]
    pub fn from_spans(spans: impl IntoIterator<Item = (Instant, Instant)>) -> Self {
        let mut sorted: Vec<(Instant, Instant)> = spans
            .into_iter()
            .filter(|(start, end)| start < end)
            .collect();
        sorted.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(sorted.len());
        for (start, end) in sorted {
            match merged.last_mut() {
                Some(last) if start <= last.end => last.end = last.end.max(end),
                _ => merged.push(Span {
                    start,
                    end,
                    before: 0,
                }),
            }
        }
        let mut before: u64 = 0;
        for span in &mut merged {
            span.before = before;
            before = before.saturating_add(span.length());
        }
        Self {
            spans: Some(merged.into()),
        }
    }

    /// Whether it is open around the clock, for ever.
    #[must_use]
    pub const fn is_always(&self) -> bool {
        self.spans.is_none()
    }

    /// The open spans (start, end without), in order; `None` if it is always
    /// open.
    pub fn spans(&self) -> Option<impl ExactSizeIterator<Item = (Instant, Instant)> + '_> {
        let spans = self.spans.as_deref()?;
        Some(spans.iter().map(|span| (span.start, span.end)))
    }

    /// Whether it is open at `at`. A span is open at its start and closed at
    /// its end.
    #[must_use]
    pub fn is_open(&self, at: Instant) -> bool {
        let Some(spans) = &self.spans else {
            return true;
        };
        spans
            .get(first_ending_after(spans, at))
            .is_some_and(|span| span.start <= at)
    }

    /// The first open moment from `at` on: `at` itself if it is open then,
    /// `None` if it never opens again.
    #[must_use]
    pub fn next_open(&self, at: Instant) -> Option<Instant> {
        let Some(spans) = &self.spans else {
            return Some(at);
        };
        let span = spans.get(first_ending_after(spans, at))?;
        Some(span.start.max(at))
    }

    /// The moment when it closes next: the end of the span that is open at
    /// `at`, or of the next one. `None` if it is always open or never opens
    /// again.
    #[must_use]
    pub fn next_close(&self, at: Instant) -> Option<Instant> {
        let spans = self.spans.as_deref()?;
        spans
            .get(first_ending_after(spans, at))
            .map(|span| span.end)
    }

    /// The first moment by which `work` of open time has passed since `start`;
    /// work pauses while it is closed. No work ends at `start`, open or not.
    /// `None` if so much open time never comes.
    #[must_use]
    pub fn end_of(&self, start: Instant, work: Duration) -> Option<Instant> {
        let Some(spans) = &self.spans else {
            return Some(start + work);
        };
        if work.is_zero() {
            return Some(start);
        }
        let target = open_before(spans, start).saturating_add(work.as_millis());
        // The first span by whose end `target` is reached: work that fits a
        // span exactly ends with it, not when the next one opens.
        let place = spans.partition_point(|span| span.before + span.length() < target);
        let span = spans.get(place)?;
        Some(span.start + Duration::from_millis(target - span.before))
    }

    /// The open time from `from` up to `to`: zero where `to` is not later, at
    /// most [`Duration::MAX`].
    #[must_use]
    pub fn open_between(&self, from: Instant, to: Instant) -> Duration {
        let Some(spans) = &self.spans else {
            return to.since(from);
        };
        let open = open_before(spans, to).saturating_sub(open_before(spans, from));
        Duration::from_millis(open)
    }
}

/// The place of the first span that has not ended at `at`.
fn first_ending_after(spans: &[Span], at: Instant) -> usize {
    spans.partition_point(|span| span.end <= at)
}

/// Open milliseconds from the beginning of the calendar up to `at`.
fn open_before(spans: &[Span], at: Instant) -> u64 {
    match spans.get(first_ending_after(spans, at)) {
        Some(span) if span.start < at => {
            span.before + at.as_millis().abs_diff(span.start.as_millis())
        }
        Some(span) => span.before,
        None => spans.last().map_or(0, |last| last.before + last.length()),
    }
}
