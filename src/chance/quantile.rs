//! Inverse distribution functions, the same to the last bit everywhere: basic
//! operations and `libm`, never the platform's mathematics.

/// A number strictly between zero and one from 64 bits.
///
/// 52 of them, and a half: with 53 the last sum would no longer be exact and
/// could round up to one. Never smaller for larger bits.
pub(super) fn open_unit(bits: u64) -> f64 {
    /// 2^-52.
    const STEP: f64 = f64::EPSILON;
    ((bits >> 12) as f64 + 0.5) * STEP
}

/// A polynomial, the constant first, by Horner's rule.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * x + coefficient)
}

/// The quantile of the standard normal distribution for `0 < u < 1`: Wichura's
/// AS 241 (PPND16), good to about one part in 10^16.
pub(super) fn normal(u: f64) -> f64 {
    let q = u - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE.0, r) / polynomial(&CENTRE.1, r);
    }
    let tail = if q < 0.0 { u } else { 1.0 - u };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 {
        polynomial(&TAIL.0, r - 1.6) / polynomial(&TAIL.1, r - 1.6)
    } else {
        polynomial(&FAR_TAIL.0, r - 5.0) / polynomial(&FAR_TAIL.1, r - 5.0)
    };
    if q < 0.0 { -z } else { z }
}

/// The quantile of the exponential distribution with mean one for `0 < u < 1`.
pub(super) fn exponential(u: f64) -> f64 {
    -libm::log1p(-u)
}

/// A beta distribution with parameters of at least one, ready to be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// ln B(a, b).
    ln_beta: f64,
}

impl Beta {
    /// The beta distribution of a PERT estimate, where `at` in `0..=1` is how
    /// far the mode lies between least and most.
    pub(super) fn pert(at: f64) -> Self {
        let (a, b) = (1.0 + 4.0 * at, 1.0 + 4.0 * (1.0 - at));
        let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
        Self { a, b, ln_beta }
    }

    /// Whether the mode is at an end.
    pub(super) fn has_closed_form(&self) -> bool {
        self.a == 1.0 || self.b == 1.0
    }

    /// The distribution of one minus what this one is of.
    pub(super) const fn mirrored(&self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            ln_beta: self.ln_beta,
        }
    }

    /// The quantile for `0 < u < 1`: in `0..=1`.
    pub(super) fn quantile(&self, u: f64) -> f64 {
        if self.a == 1.0 {
            return -libm::expm1(libm::log1p(-u) / self.b);
        }
        if self.b == 1.0 {
            return libm::exp(libm::log(u) / self.a);
        }
        // The upper half is the lower half of the mirrored distribution: close
        // to one, `u` would have too few digits left.
        if u > 0.5 {
            return 1.0 - self.mirrored().lower_quantile(1.0 - u);
        }
        self.lower_quantile(u)
    }

    /// The quantile for `0 < u <= 0.5`.
    ///
    /// Halley's steps from the mode, where the distribution function turns from
    /// convex to concave, go towards the answer and seldom past it; the bracket
    /// makes sure that they end. Each step triples the digits, so that a step
    /// of a millionth is the last.
    pub(super) fn lower_quantile(&self, u: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        let mut x = (self.a - 1.0) / (self.a + self.b - 2.0);
        for _ in 0..200 {
            let (cumulative, density) = self.at(x);
            let below = cumulative - u;
            if below < 0.0 {
                low = x;
            } else {
                high = x;
            }
            let newton = below / density;
            let bend = (self.a - 1.0) / x - (self.b - 1.0) / (1.0 - x);
            let mut next = x - newton / (1.0 - (0.5 * newton * bend).clamp(-0.5, 0.5));
            if !(next >= low && next <= high) {
                next = 0.5 * (low + high);
            }
            if (next - x).abs() <= 1e-6 * x.min(1.0 - x) {
                return next;
            }
            x = next;
        }
        x
    }

    /// The regularised incomplete beta function I_x(a, b) for `0 < x < 1`, from
    /// the side on which its continued fraction converges fast, and the
    /// density.
    fn at(&self, x: f64) -> (f64, f64) {
        /// Some twenty are needed.
        const STEPS: u32 = 200;
        let front = libm::exp(self.a * libm::log(x) + self.b * libm::log1p(-x) - self.ln_beta);
        let cumulative = if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            front * continued_fraction(self.a, self.b, x, STEPS) / self.a
        } else {
            1.0 - front * continued_fraction(self.b, self.a, 1.0 - x, STEPS) / self.b
        };
        (cumulative, front / (x * (1.0 - x)))
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method, in at
/// most so many steps.
pub(crate) fn continued_fraction(a: f64, b: f64, x: f64, steps: u32) -> f64 {
    /// Stands for zero in a denominator.
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut product = d;
    for step in 1..steps {
        let m = f64::from(step);
        let twice = 2.0 * m;
        let even = m * (b - m) * x / ((a + twice - 1.0) * (a + twice));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        product *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + twice) * (a + twice + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let factor = d * c;
        product *= factor;
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    product
}

/// Numerator and denominator of a rational approximation.
type Rational = ([f64; 8], [f64; 8]);

/// AS 241 near the median.
#[expect(clippy::excessive_precision, reason = "as published")]
const CENTRE: Rational = (
    [
        3.387_132_872_796_366_608,
        1.331_416_678_917_843_774_5e2,
        1.971_590_950_306_551_442_7e3,
        1.373_169_376_550_946_112_5e4,
        4.592_195_393_154_987_145_7e4,
        6.726_577_092_700_870_085_3e4,
        3.343_057_558_358_812_810_5e4,
        2.509_080_928_730_122_672_7e3,
    ],
    [
        1.0,
        4.231_333_070_160_091_125_2e1,
        6.871_870_074_920_579_083e2,
        5.394_196_021_424_751_107_7e3,
        2.121_379_430_158_659_586_7e4,
        3.930_789_580_009_271_061e4,
        2.872_908_573_572_194_267_4e4,
        5.226_495_278_852_854_561e3,
    ],
);

/// AS 241 in the tails.
#[expect(clippy::excessive_precision, reason = "as published")]
const TAIL: Rational = (
    [
        1.423_437_110_749_683_577_34,
        4.630_337_846_156_545_295_9,
        5.769_497_221_460_691_405_5,
        3.647_848_324_763_204_605_04,
        1.270_458_252_452_368_382_58,
        2.417_807_251_774_506_117_7e-1,
        2.272_384_498_926_918_458_33e-2,
        7.745_450_142_783_414_076_4e-4,
    ],
    [
        1.0,
        2.053_191_626_637_758_821_87,
        1.676_384_830_183_803_849_4,
        6.897_673_349_851_000_045_5e-1,
        1.481_039_764_274_800_745_9e-1,
        1.519_866_656_361_645_719_66e-2,
        5.475_938_084_995_344_946e-4,
        1.050_750_071_644_416_843_24e-9,
    ],
);

/// AS 241 in the far tails, beyond about one in 10^11.
#[expect(clippy::excessive_precision, reason = "as published")]
const FAR_TAIL: Rational = (
    [
        6.657_904_643_501_103_777_2,
        5.463_784_911_164_114_369_9,
        1.784_826_539_917_291_335_8,
        2.965_605_718_285_048_912_3e-1,
        2.653_218_952_657_612_309_3e-2,
        1.242_660_947_388_078_438_6e-3,
        2.711_555_568_743_487_578_15e-5,
        2.010_334_399_292_288_132_65e-7,
    ],
    [
        1.0,
        5.998_322_065_558_879_376_9e-1,
        1.369_298_809_227_358_053_1e-1,
        1.487_536_129_085_061_485_25e-2,
        7.868_691_311_456_132_591e-4,
        1.846_318_317_510_054_681_8e-5,
        1.421_511_758_316_445_888_7e-7,
        2.044_263_103_389_939_785_64e-15,
    ],
);
