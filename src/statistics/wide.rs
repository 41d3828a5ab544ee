//! Whole numbers of 256 bits, for exact sums of squares.
//!
//! Just what a variance needs. The crates for it offer far more, and some of them
//! comparisons with the built-in numbers that disturb the types of whoever depends on
//! them.

use std::fmt;
use std::str::FromStr;

/// A whole number below 2^256: its limbs of 64 bits, the largest first, so that it is
/// ordered as it should be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub(super) struct Wide([u64; 4]);

impl Wide {
    /// The square of a number of 128 bits: it always fits.
    pub(super) fn square(number: u128) -> Self {
        let (high, low) = (number >> 64, number & u128::from(u64::MAX));
        let mut square = Self::at(high * high, 2);
        // (high + low)², the cross term twice: it may need more than 128 bits.
        square = square.plus(Self::at(high * low, 1));
        square = square.plus(Self::at(high * low, 1));
        square.plus(Self::at(low * low, 0))
    }

    /// A number, moved up by so many limbs.
    const fn at(number: u128, limbs: usize) -> Self {
        let mut wide = Self([0; 4]);
        wide.0[3 - limbs] = number as u64;
        wide.0[2 - limbs] = (number >> 64) as u64;
        wide
    }

    /// The sum. Of 2^64 squares of numbers of 64 bits it needs 192 bits.
    pub(super) fn plus(self, other: Self) -> Self {
        let mut sum = [0; 4];
        let mut carry = 0;
        for at in (0..4).rev() {
            let limb = u128::from(self.0[at]) + u128::from(other.0[at]) + carry;
            sum[at] = limb as u64;
            carry = limb >> 64;
        }
        Self(sum)
    }

    /// The difference; zero where `other` is more.
    pub(super) fn minus(self, other: Self) -> Self {
        if self <= other {
            return Self::default();
        }
        // In two's complement.
        let negated = Self(other.0.map(|it| !it)).plus(Self::at(1, 0));
        self.plus(negated)
    }

    /// The product; `None` where it does not fit.
    pub(super) fn times(self, factor: u64) -> Option<Self> {
        let mut product = [0; 4];
        let mut carry = 0;
        for at in (0..4).rev() {
            let limb = u128::from(self.0[at]) * u128::from(factor) + carry;
            product[at] = limb as u64;
            carry = limb >> 64;
        }
        (carry == 0).then_some(Self(product))
    }

    /// The nearest, or nearly, floating-point number.
    pub(super) fn as_f64(self) -> f64 {
        /// 2^64.
        const STEP: f64 = 18_446_744_073_709_551_616.0;
        self.0
            .iter()
            .fold(0.0, |sum, limb| sum * STEP + *limb as f64)
    }
}

impl fmt::Display for Wide {
    /// In hexadecimal digits, none of them a leading zero.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d] = self.0;
        let digits = format!("{a:016x}{b:016x}{c:016x}{d:016x}");
        match digits.trim_start_matches('0') {
            "" => f.write_str("0"),
            digits => f.write_str(digits),
        }
    }
}

/// Not 1 to 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct NotWide;

impl FromStr for Wide {
    type Err = NotWide;

    fn from_str(text: &str) -> Result<Self, NotWide> {
        let digits = text.bytes().all(|it| it.is_ascii_hexdigit());
        if !digits || !(1..=64).contains(&text.len()) {
            return Err(NotWide);
        }
        let padded = format!("{text:0>64}");
        let limb = |at: usize| u64::from_str_radix(&padded[16 * at..16 * at + 16], 16);
        let mut wide = Self::default();
        for at in 0..4 {
            wide.0[at] = limb(at).map_err(|_| NotWide)?;
        }
        Ok(wide)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wide(text: &str) -> Wide {
        text.parse().expect("hexadecimal")
    }

    #[test]
    fn the_largest_square_is_exact() {
        // (2^128 - 1)² = 2^256 - 2^129 + 1.
        let expected = format!("{}e{}1", "f".repeat(31), "0".repeat(31));
        assert_eq!(Wide::square(u128::MAX).to_string(), expected);
        assert_eq!(Wide::square(0).to_string(), "0");
        assert_eq!(Wide::square(1 << 64).as_f64(), libm::exp2(128.0));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-1", "+1", "0x1", "g", &"0".repeat(65)] {
            assert_eq!(text.parse::<Wide>(), Err(NotWide), "{text}");
        }
        assert_eq!(wide(&"f".repeat(64)).times(2), None);
        assert_eq!(wide("1").minus(wide("2")), Wide::default());
    }

    proptest! {
        /// (a + b)² - a² - b² = 2ab.
        #[test]
        fn squares_sums_and_products_agree(a in any::<u64>(), b in any::<u64>()) {
            let sum = Wide::square(u128::from(a) + u128::from(b));
            let rest = sum.minus(Wide::square(a.into())).minus(Wide::square(b.into()));
            let product = Wide::at(a.into(), 0).times(b).and_then(|it| it.times(2));
            prop_assert_eq!(Some(rest), product);
            prop_assert_eq!(rest.to_string().parse(), Ok(rest));
        }

        #[test]
        fn they_are_ordered_as_numbers(a in any::<u128>(), b in any::<u128>()) {
            prop_assert_eq!(Wide::at(a, 1).cmp(&Wide::at(b, 1)), a.cmp(&b));
            let shown = u128::from_str_radix(&Wide::at(a, 0).to_string(), 16);
            prop_assert_eq!(shown, Ok(a));
        }
    }
}
