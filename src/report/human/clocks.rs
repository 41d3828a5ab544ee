//! The split clocks: how long until each promise was kept again, and where the
//! time went.

use crate::measures::{Cause, Clock, ClockKind, Path};
use crate::report::entry::Ran;
use crate::report::story::slowest;
use crate::report::text::{Ink, Page, brief, counted};
use crate::time::Duration;

/// The letter that a cause is drawn with.
const fn letter(cause: Cause) -> char {
    match cause {
        Cause::Detect => 'n',
        Cause::Decide => 'd',
        Cause::CustomersWork => 'c',
        Cause::WaitingForAPerson => 'p',
        Cause::WaitingInTheTicketQueue => 'q',
        Cause::MicrosoftsWork => 'm',
        Cause::Discovery => 'e',
        Cause::Recreation => 'r',
        Cause::WaitingForTheRegion => '.',
    }
}

pub(super) fn write(page: &mut Page, ran: &Ran) {
    let measures = &ran.outcome.measures;
    if measures.clocks.get(ClockKind::Full) == Clock::Idle && measures.orphaned_peak == 0 {
        return;
    }
    page.heading("Clocks: from the outage until the last org had it back");
    let slow = slowest(ran);
    let longest = ClockKind::ALL
        .into_iter()
        .filter_map(|it| measures.clocks.get(it).stopped())
        .max();
    for (kind, slow) in ClockKind::ALL.into_iter().zip(&slow) {
        let shown = match measures.clocks.get(kind) {
            Clock::Idle => "-".to_owned(),
            Clock::Running => page.paint(Ink::Bad, "never stopped"),
            Clock::Stopped(after) => brief(after).to_string(),
        };
        let Some((slow, longest)) = slow.as_ref().zip(longest) else {
            page.line(&format!("  {:<13}  {shown}", kind.name()));
            continue;
        };
        let width = page.width().saturating_sub(32);
        page.line(&format!(
            "  {:<13}  {shown:<13}  {}",
            kind.name(),
            bar(&slow.path, longest, width)
        ));
        let org = ran.names().org(slow.org);
        page.paragraph(17, 2, &format!("{org}: {}", parts(&slow.path)));
    }
    let blind = brief(measures.blind_max);
    if measures.orphaned_peak > 0 {
        let orgs = counted(measures.orphaned_peak, "org");
        page.paragraph(
            2,
            2,
            &format!("Blind at worst for {blind}; at most {orgs} orphaned at one time."),
        );
    }
}

/// A clock as a bar: its length among the others by the longest, its parts by
/// their letters, each part at least one column.
fn bar(path: &Path, longest: Duration, width: usize) -> String {
    let total_ms = path.total().as_millis();
    let most = longest.as_millis().max(1);
    let length = ((u128::from(total_ms) * width as u128).div_ceil(u128::from(most)) as usize)
        .clamp(1, width.max(1));
    shares(path, length)
        .into_iter()
        .map(|(cause, columns)| letter(cause).to_string().repeat(columns))
        .collect()
}

/// So many columns, shared out by length; what rounds to nothing gets one, taken
/// from the longest.
fn shares(path: &Path, columns: usize) -> Vec<(Cause, usize)> {
    let total = path.total().as_millis().max(1);
    let share = |it: &(Cause, Duration)| {
        let columns = u128::from(it.1.as_millis()) * columns as u128 / u128::from(total);
        (it.0, (columns as usize).max(1))
    };
    let mut shares: Vec<(Cause, usize)> = path.parts.iter().map(share).collect();
    loop {
        let used: usize = shares.iter().map(|it| it.1).sum();
        let Some(longest) = shares.iter_mut().max_by_key(|it| it.1) else {
            return shares;
        };
        match used.cmp(&columns) {
            std::cmp::Ordering::Equal => return shares,
            std::cmp::Ordering::Less => longest.1 += columns - used,
            // More parts than columns: each keeps its letter.
            std::cmp::Ordering::Greater if longest.1 == 1 => return shares,
            std::cmp::Ordering::Greater => longest.1 -= 1,
        }
    }
}

/// The parts in words, with their letters: the legend of the bar.
fn parts(path: &Path) -> String {
    let part = |it: &(Cause, Duration)| format!("{}={} {}", letter(it.0), it.0.name(), brief(it.1));
    path.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(parts: &[(Cause, u64)]) -> Path {
        let parts = parts
            .iter()
            .map(|it| (it.0, Duration::from_mins(it.1)))
            .collect();
        Path {
            parts,
            via: Vec::new(),
        }
    }

    #[test]
    fn letters_are_distinct() {
        let letters: std::collections::BTreeSet<char> =
            Cause::ALL.into_iter().map(letter).collect();
        assert_eq!(letters.len(), Cause::ALL.len());
    }

    #[test]
    fn the_longest_bar_fills_the_width_and_every_part_shows() {
        let path = path(&[
            (Cause::Detect, 1),
            (Cause::MicrosoftsWork, 10_000),
            (Cause::Recreation, 1),
        ]);
        assert_eq!(bar(&path, path.total(), 10), "nmmmmmmmmr");
        assert_eq!(bar(&path, path.total() * 2, 10), "nmmmr");
    }

    #[test]
    fn more_parts_than_columns_are_all_shown() {
        let path = path(&[
            (Cause::Detect, 5),
            (Cause::Decide, 5),
            (Cause::CustomersWork, 5),
        ]);
        assert_eq!(bar(&path, path.total() * 100, 50), "ndc");
    }
}
