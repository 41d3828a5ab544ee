//! The incomplete beta function and what follows from it.
//!
//! Basic operations and `libm` only, so that every platform gives the same bits;
//! crates of statistics use the platform's mathematics. Powers and factorials are
//! put together as C. Loader does ('Fast and accurate computation of binomial
//! probabilities', 2000), so that they keep their digits for millions of runs.

use super::search::turn;
use crate::chance::continued_fraction;
use std::f64::consts::{PI, TAU};

/// ln Γ(x + 1) less Stirling's formula, for `x > 0`.
fn stirling_error(x: f64) -> f64 {
    if x < 16.0 {
        return libm::lgamma(x + 1.0) - (x + 0.5) * libm::log(x) + x - 0.5 * libm::log(TAU);
    }
    let square = x * x;
    let series = 1.0 / 1_680.0 - 1.0 / 1_188.0 / square;
    let series = 1.0 / 1_260.0 - series / square;
    let series = 1.0 / 360.0 - series / square;
    (1.0 / 12.0 - series / square) / x
}

/// `x ln(x / mean) + mean - x`, without loss where the two are close.
fn deviance(x: f64, mean: f64) -> f64 {
    let apart = x - mean;
    if apart.abs() >= 0.1 * (x + mean) {
        return x * libm::log(x / mean) - apart;
    }
    let ratio = apart / (x + mean);
    let mut sum = apart * ratio;
    let mut power = 2.0 * x * ratio;
    for odd in 1..1_000 {
        power *= ratio * ratio;
        let next = sum + power / f64::from(2 * odd + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// The binomial probability of `hits` and `misses` where a hit has the probability
/// `p` and a miss `q`, continued to counts that are not whole.
pub(super) fn binomial(hits: f64, misses: f64, p: f64, q: f64) -> f64 {
    let of = hits + misses;
    if hits == 0.0 {
        let ln = if p < 0.1 {
            libm::log1p(-p)
        } else {
            libm::log(q)
        };
        return if of == 0.0 { 1.0 } else { libm::exp(of * ln) };
    }
    if misses == 0.0 {
        let ln = if q < 0.1 {
            libm::log1p(-q)
        } else {
            libm::log(p)
        };
        return libm::exp(of * ln);
    }
    if p == 0.0 || q == 0.0 {
        return 0.0;
    }
    let exponent = stirling_error(of)
        - stirling_error(hits)
        - stirling_error(misses)
        - deviance(hits, of * p)
        - deviance(misses, of * q);
    libm::exp(exponent) * libm::sqrt(of / (2.0 * PI * hits * misses))
}

/// The regularised incomplete beta function I_x(a, b), where `y` is `1 - x`: from
/// the side on which its continued fraction converges fast.
///
/// For whole `a` and `b` it is the probability of `a` or more hits in `a + b - 1`
/// runs that hit with the probability `x`.
pub(super) fn incomplete(a: f64, b: f64, x: f64, y: f64) -> f64 {
    /// Some √max(a, b) steps are needed: enough for a million million runs.
    const STEPS: u32 = 1_000_000;
    if x <= 0.0 {
        return 0.0;
    }
    if y <= 0.0 {
        return 1.0;
    }
    let front = binomial(a, b, x, y) * a * b / (a + b);
    if x < (a + 1.0) / (a + b + 2.0) {
        (front * continued_fraction(a, b, x, STEPS) / a).min(1.0)
    } else {
        (1.0 - front * continued_fraction(b, a, y, STEPS) / b).max(0.0)
    }
}

/// The largest deviation from zero, in either direction, of `share` of all values of
/// Student's t distribution with `freedom` degrees of freedom.
pub(super) fn student(share: f64, freedom: u64) -> f64 {
    let freedom = freedom as f64;
    // t² / (freedom + t²) has a beta distribution.
    let below = |y: f64| incomplete(0.5, 0.5 * freedom, y, 1.0 - y) < share;
    let (_, y) = turn(0.0, 1.0, below);
    libm::sqrt(freedom * y / (1.0 - y))
}
