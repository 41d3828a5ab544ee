//! Pieces of work, done by as many threads as there are, gathered in their order.

use std::num::NonZeroUsize;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Workers who keep nothing from piece to piece.
pub(super) fn hands(jobs: NonZeroUsize) -> Vec<()> {
    vec![(); jobs.get()]
}

/// Does every piece, each on whichever worker is free; the results are in the order of
/// the pieces, so that neither the number of workers nor their speed can be seen in
/// them. A worker is what one thread keeps from piece to piece; the first works on the
/// thread of whoever asks.
pub(super) fn in_order<W: Send, T: Send>(
    workers: &mut [W],
    pieces: usize,
    work: impl Fn(&mut W, usize) -> T + Sync,
) -> Vec<T> {
    in_order_unless(workers, pieces, &|| false, work)
}

/// The same, unless asked to stop: every worker looks at `stop` before it takes a piece,
/// and whoever has taken one finishes it, so that what is done are the first pieces.
pub(super) fn in_order_unless<W: Send, T: Send>(
    workers: &mut [W],
    pieces: usize,
    stop: &(dyn Fn() -> bool + Sync),
    work: impl Fn(&mut W, usize) -> T + Sync,
) -> Vec<T> {
    if let [alone] = workers {
        let going = (0..pieces).take_while(|_| !stop());
        return going.map(|piece| work(alone, piece)).collect();
    }
    let next = AtomicUsize::new(0);
    let shift = |worker: &mut W| {
        let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|&it| it < pieces);
        let take = || if stop() { None } else { take() };
        let mut done = Vec::new();
        while let Some(piece) = take() {
            done.push((piece, work(worker, piece)));
        }
        done
    };
    let mut all = thread::scope(|scope| {
        let mut workers = workers.iter_mut().take(pieces);
        let first = workers.next();
        let others: Vec<_> = workers.map(|it| scope.spawn(|| shift(it))).collect();
        let mut all = first.map(shift).unwrap_or_default();
        for other in others {
            match other.join() {
                Ok(done) => all.extend(done),
                Err(panic) => resume_unwind(panic),
            }
        }
        all
    });
    all.sort_unstable_by_key(|it| it.0);
    all.into_iter().map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    use super::{in_order, in_order_unless};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_are_in_the_order_of_the_pieces_whoever_did_them() {
        for workers in [1, 2, 7] {
            let mut counts = vec![0; workers];
            let squares = in_order(&mut counts, 1_000, |count, piece| {
                *count += 1;
                piece * piece
            });
            assert_eq!(squares, (0..1_000).map(|it| it * it).collect::<Vec<_>>());
            assert_eq!(counts.iter().sum::<usize>(), 1_000, "each piece once");
        }
    }

    #[test]
    fn what_is_done_when_somebody_stops_it_are_the_first_pieces() {
        for workers in [1, 2, 7] {
            let begun = AtomicUsize::new(0);
            let enough = || begun.load(Ordering::Relaxed) >= 100;
            let done = in_order_unless(&mut vec![(); workers], 1_000, &enough, |(), piece| {
                begun.fetch_add(1, Ordering::Relaxed);
                piece
            });
            assert_eq!(done, (0..begun.into_inner()).collect::<Vec<_>>());
            assert!((100..100 + workers).contains(&done.len()), "{}", done.len());
        }
    }

    #[test]
    #[should_panic(expected = "piece 3")]
    fn a_panic_of_a_worker_is_handed_on() {
        in_order(&mut [(), ()], 8, |(), piece| {
            assert!(piece != 3, "piece 3");
        });
    }
}
