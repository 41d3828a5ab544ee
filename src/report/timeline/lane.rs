//! One row of a timeline while it is drawn.

/// What one thing goes through. Of what happens within one column the greatest is
/// shown, so that nothing short is lost.
#[derive(Clone, Debug)]
pub(super) struct Lane<T> {
    pub(super) cells: Vec<T>,
    pub(super) now: T,
    pub(super) at: usize,
}

impl<T: Copy + Ord + Default> Lane<T> {
    pub(super) fn new(columns: usize, rest: T) -> Self {
        Self {
            cells: vec![T::default(); columns],
            now: rest,
            at: 0,
        }
    }

    /// From this column on it is something else.
    pub(super) fn change(&mut self, column: usize, to: T) {
        self.fill(column);
        self.now = to;
        self.cells[column] = self.cells[column].max(to);
    }

    pub(super) fn fill(&mut self, column: usize) {
        for cell in &mut self.cells[self.at..=column] {
            *cell = (*cell).max(self.now);
        }
        self.at = column;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::timeline::state::State;

    #[test]
    fn a_short_state_is_not_lost_in_its_column() {
        let mut lane = Lane::new(6, State::Works);
        lane.change(2, State::Orphaned);
        lane.change(4, State::Released);
        lane.change(4, State::Works);
        lane.fill(5);
        let drawn: String = lane.cells.iter().map(|it| it.sign()).collect();
        assert_eq!(drawn, "──░░r─");
    }
}
