//! What was drawn in a run, parameter by parameter.

use super::parameter::Parameter;
use std::collections::BTreeMap;

/// What was drawn in a run: for each parameter the sum and the number of its draws.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard(BTreeMap<Parameter, (u128, u64)>);

impl Heard {
    pub(super) fn add(&mut self, parameter: Parameter, drawn: u64) {
        let (sum, count) = self.0.entry(parameter).or_default();
        *sum += u128::from(drawn);
        *count += 1;
    }

    /// The mean of each parameter's draws: a step is done for many, and one slow one
    /// among them counts with the others.
    pub(super) fn means(&self) -> impl Iterator<Item = (&Parameter, u64)> {
        let mean = |&(sum, count): &(u128, u64)| (sum / u128::from(count.max(1))) as u64;
        self.0
            .iter()
            .map(move |(parameter, it)| (parameter, mean(it)))
    }
}
