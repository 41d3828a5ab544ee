//! A beta distribution that is asked often, told from a table.
//!
//! An exact quantile of it takes most of a microsecond, a polynomial a few hundredths
//! of that. What is drawn is a whole number of units, so a polynomial is as good as the
//! exact way wherever all that lies within its error rounds to the same unit. Where it
//! does not, and far out, the exact way is gone: a table changes no draw, only how long
//! it takes. It is made of basic operations alone, but even its own last bits cannot be
//! seen in a draw.

use super::distribution::to_units;
use super::quantile::{Beta, open_unit};
use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// How far a share told from a table may be from the exact one: 2^-40. Thirty days are
/// 2^31 milliseconds.
const OFF: f64 = 1.0 / (1u64 << 40) as f64;

/// How far it is at the ends of a piece, at most: 2^-45. There a polynomial through
/// [`NODES`] is at its worst, but for a derivative that changes by a factor of some ten
/// from one end to the other.
const OFF_AT_ENDS: f64 = OFF / 32.0;

/// How often a distribution is asked before it is worth a table: making one asks for
/// nearly as many exact quantiles.
const WORTH: u32 = 1_024;

/// Quarters of a binade: in each, `u` runs through as many numbers, and the quantile is
/// as smooth, however near zero it is.
const QUARTERS: usize = 4;

/// Tables reach down to 2^-10: one draw in five hundred is farther out.
const BINADES: usize = 9;

/// The first number of a table.
const FROM: f64 = 1.0 / 1024.0;

/// Where a quarter of a binade stands in the bits of a number: behind the exponent and
/// two digits come fifty.
const PLACE_AT: u32 = 50;

/// Where the polynomial of a piece is exact: Chebyshev's nodes in one to two, far apart
/// one after another, so that the differences stay small.
const NODES: [f64; 10] = [
    1.993_844_170_297_568_9,
    1.006_155_829_702_431_1,
    1.578_217_232_520_115_4,
    1.273_004_750_130_226_6,
    1.853_553_390_593_273_7,
    1.146_446_609_406_726_3,
    1.726_995_249_869_773_4,
    1.054_496_737_905_816,
    1.945_503_262_094_184,
    1.421_782_767_479_884_6,
];

/// A beta distribution, with its table once that is worth it.
pub(super) struct Tabulated {
    beta: Beta,
    /// How often it was asked without a table.
    asked: AtomicU32,
    /// Nothing in it where polynomials are not near enough.
    table: OnceLock<Option<Box<Table>>>,
}

/// The quantile for `u` from [`FROM`] to a half, and that of the mirrored distribution
/// for those above.
struct Table {
    lower: [Piece; BINADES * QUARTERS],
    upper: [Piece; BINADES * QUARTERS],
}

/// Newton's polynomial of a quarter of a binade: its divided differences.
#[derive(Clone, Copy)]
struct Piece([f64; NODES.len()]);

impl Tabulated {
    pub(super) const fn new(beta: Beta) -> Self {
        Self {
            beta,
            asked: AtomicU32::new(0),
            table: OnceLock::new(),
        }
    }

    /// The quantile for 64 bits of luck, of `span` units, rounded to the nearest.
    pub(super) fn units(&self, bits: u64, span: u64) -> u64 {
        let u = open_unit(bits);
        let told = self.table().and_then(|it| it.units(u, span));
        told.unwrap_or_else(|| self.exact(u, span))
    }

    /// The same without a table.
    fn exact(&self, u: f64, span: u64) -> u64 {
        to_units(self.beta.quantile(u) * span as f64, span)
    }

    /// Its table, made here if it is worth it by now. Which thread makes it, and when,
    /// cannot be seen in any draw.
    fn table(&self) -> Option<&Table> {
        if let Some(made) = self.table.get() {
            return made.as_deref();
        }
        if self.asked.fetch_add(1, Ordering::Relaxed) < WORTH {
            return None;
        }
        self.tabulate()
    }

    fn tabulate(&self) -> Option<&Table> {
        let make = || Table::of(&self.beta).map(Box::new);
        self.table.get_or_init(make).as_deref()
    }
}

/// What it is of, not what was asked of it: scenarios are told apart by this.
impl fmt::Debug for Tabulated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.beta.fmt(f)
    }
}

impl Table {
    /// The table of a distribution; nothing where it would not be near enough, or where
    /// there is a closed form.
    fn of(beta: &Beta) -> Option<Self> {
        if beta.has_closed_form() {
            return None;
        }
        let half = |beta: &Beta| {
            let mut pieces = [Piece([0.0; NODES.len()]); BINADES * QUARTERS];
            for (place, piece) in pieces.iter_mut().enumerate() {
                *piece = Piece::of(beta, place)?;
            }
            Some(pieces)
        };
        Some(Self {
            lower: half(beta)?,
            upper: half(&beta.mirrored())?,
        })
    }

    /// The units at `u`, where there is no doubt about them.
    fn units(&self, u: f64, span: u64) -> Option<u64> {
        let share = self.share(u)?;
        let (value, off) = (share * span as f64, OFF * span as f64);
        // The casts cut off what is behind the point, and saturate.
        let [least, most] = [value - off, value + off].map(|it| (it + 0.5) as u64);
        (least == most).then(|| least.min(span))
    }

    /// The quantile at `u`, but for [`OFF`]; nothing far out.
    fn share(&self, u: f64) -> Option<f64> {
        // The same halves as of the exact way: one minus `u` is exact.
        if u > 0.5 {
            Piece::told(&self.upper, 1.0 - u).map(|it| 1.0 - it)
        } else {
            Piece::told(&self.lower, u)
        }
    }
}

impl Piece {
    fn of(beta: &Beta, place: usize) -> Option<Self> {
        let first = (FROM.to_bits() >> PLACE_AT) + place as u64;
        let [from, to] = [first, first + 1].map(|it| f64::from_bits(it << PLACE_AT));
        let at = |node: f64| beta.lower_quantile(from + (to - from) * (node - 1.0));
        let mut differences = NODES.map(at);
        for order in 1..NODES.len() {
            for later in (order..NODES.len()).rev() {
                let rise = differences[later] - differences[later - 1];
                differences[later] = rise / (NODES[later] - NODES[later - order]);
            }
        }
        let piece = Self(differences);
        let near = |end: f64| (piece.at(end) - at(end)).abs() <= OFF_AT_ENDS;
        (near(1.0) && near(2.0)).then_some(piece)
    }

    /// The polynomial where a quarter of a binade goes from one to two.
    fn at(&self, x: f64) -> f64 {
        let terms = self.0.iter().zip(&NODES).rev();
        terms.fold(0.0, |sum, (difference, node)| sum * (x - node) + difference)
    }

    /// What the pieces of a half say at `u` below a half.
    fn told(pieces: &[Self], u: f64) -> Option<f64> {
        let bits = u.to_bits();
        let place = (bits >> PLACE_AT).checked_sub(FROM.to_bits() >> PLACE_AT)?;
        let digits = bits << (64 - PLACE_AT) >> (64 - f64::MANTISSA_DIGITS + 1);
        let x = f64::from_bits(1f64.to_bits() | digits);
        Some(pieces.get(place as usize)?.at(x))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Where the mode lies: anywhere, and close to either end.
    fn modes() -> impl Iterator<Item = f64> {
        let near = (1..40).map(|it| f64::exp2(-f64::from(it)));
        let ends = near.flat_map(|it| [it, 1.0 - it]);
        let between = (1..200).map(|it| f64::from(it) / 200.0);
        ends.chain(between).filter(|it| *it < 1.0)
    }

    fn told(at: f64) -> Tabulated {
        let told = Tabulated::new(Beta::pert(at));
        told.tabulate();
        told
    }

    #[test]
    fn a_table_is_as_near_as_it_says_everywhere() {
        let mut worst = 0f64;
        let mut tables = 0;
        for at in modes() {
            let told = told(at);
            let Some(table) = told.table() else { continue };
            tables += 1;
            for half in 0..1_440 {
                // Through every piece of both halves, at forty places no two of which
                // lie alike in their pieces.
                let place = half / 2 / 20 + ((FROM.to_bits() >> PLACE_AT) as usize);
                let step = ((half / 2 % 20) as f64 + 0.5 * at) / 20.5;
                let [from, to] =
                    [place, place + 1].map(|it| f64::from_bits((it as u64) << PLACE_AT));
                let tail = from + (to - from) * step;
                let u = if half % 2 == 0 { tail } else { 1.0 - tail };
                let share = table.share(u).expect("it is within the table");
                let off = (share - told.beta.quantile(u)).abs();
                assert!(off <= OFF / 2.0, "mode {at}, u {u}: off by {off:e}");
                worst = worst.max(off);
            }
        }
        assert!(tables > 250, "{tables}");
        assert!(worst > 0.0, "it is a table that was asked");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_table_changes_no_draw(at in 0.0..=1.0f64, span in 1..1u64 << 36, seed: u64) {
            let told = told(at);
            let mut bits = seed;
            for _ in 0..2_000 {
                bits = bits.wrapping_mul(0xD129_0B26_88E5_F3AD).wrapping_add(0x9E37_79B9_7F4A_7C15);
                // All of the range, and its tails as often as its middle.
                let bits = if bits % 2 == 0 { bits } else { bits >> (bits >> 8 & 31) };
                prop_assert_eq!(told.units(bits, span), told.exact(open_unit(bits), span));
                prop_assert_eq!(told.units(!bits, span), told.exact(open_unit(!bits), span));
            }
        }
    }

    #[test]
    fn a_table_is_made_once_it_is_worth_it_and_nobody_can_tell() {
        let told = Tabulated::new(Beta::pert(0.3));
        let text = format!("{told:?}");
        let mut answered = 0;
        for number in 0..20_000u64 {
            let bits = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let u = open_unit(bits);
            assert_eq!(told.table.get().is_some(), number > u64::from(WORTH));
            let table = told.table.get().and_then(|it| it.as_deref());
            answered += u64::from(table.and_then(|it| it.units(u, 540_000)).is_some());
            assert_eq!(told.units(bits, 540_000), told.exact(u, 540_000));
        }
        assert!(
            answered > 18_000,
            "most draws come from the table: {answered}"
        );
        assert_eq!(format!("{told:?}"), text);
    }

    #[test]
    fn where_there_is_a_closed_form_there_is_no_table() {
        assert!(told(0.0).table().is_none() && told(1.0).table().is_none());
    }
}
