//! People of a drafted scenario: shifts, absences, the support queue, and the limits
//! of an SCM.

use super::strategies::ProcedureDraft;
use std::fmt::Write as _;

impl ProcedureDraft {
    /// Who does the work, who else waits for it, and how much discovery may ask for.
    pub(super) fn write_people(&self, text: &mut String) {
        if self.support > 0 || self.operators > 0 {
            text.push_str("teams:\n");
        }
        let bit = |bit: u8| self.rota & 1 << bit != 0;
        let absent = if bit(3) {
            ", absent: [{ chance: 40%, from: T+1h, to: T+3d }]"
        } else {
            ""
        };
        if self.support > 0 {
            let _ = writeln!(text, "  support: {{ size: {}{absent} }}", self.support);
        }
        if self.operators > 0 && bit(0) {
            self.write_shifts(text, absent);
        } else if self.operators > 0 {
            let _ = writeln!(text, "  operators: {{ size: {}{absent} }}", self.operators);
        }
        if bit(5) {
            let sharer = if bit(6) { "tenant" } else { "connector" };
            let _ = writeln!(
                text,
                "scm-limits:\n  github: {{ requests: 40, window: 1h, per-unit: 3, shared-by: {sharer} }}\n  \
                 gitlab: {{ requests: 7, window: 50m }}"
            );
        }
        self.write_queue(text);
    }

    /// Operators in two shifts, by day and around midnight, that meet for an hour.
    fn write_shifts(&self, text: &mut String, absent: &str) {
        let bit = |bit: u8| self.rota & 1 << bit != 0;
        let hand_over = match (bit(1), bit(2)) {
            (true, _) => "waits",
            (false, true) => "25m",
            (false, false) => "none",
        };
        let holidays = if bit(4) {
            "holidays: [2023-10-11..2023-10-12, 2023-10-20], "
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "  operators: {{ {holidays}hand-over: {hand_over}, shifts: {{ \
             day: {{ hours: \"Mon-Fri 08:00-18:00 Europe/Berlin\", size: {}{absent} }}, \
             late: {{ hours: \"Mon-Sun 17:00-02:00 Europe/Berlin\", size: 1 }} }} }}",
            self.operators
        );
    }

    /// Who else waits for support; nobody where it has no limit.
    fn write_queue(&self, text: &mut String) {
        let bit = |bit: u8| self.queue & 1 << bit != 0;
        if self.support == 0 || self.queue & 0b1111 == 0 {
            return;
        }
        text.push_str("support-queue:\n");
        if bit(0) {
            let _ = writeln!(text, "  priority: {}", 1 + self.queue % 5);
        }
        if bit(1) {
            text.push_str("  rework: { place: kept, priority: 2 }\n");
        }
        if bit(2) {
            text.push_str(
                "  others:\n    usual: { every: { exponential: { mean: 3h } }, takes: { uniform: { min: 0s, max: 4h } }, to: T+9d }\n    \
                 urgent: { every: 17h, priority: 1, from: T+1h }\n",
            );
        }
        if bit(3) {
            text.push_str(
                "  region-lost: { tickets: { uniform: { min: 0, max: 9 } }, after: { uniform: { min: 0s, max: 5h } }, priority: 2 }\n",
            );
        }
    }
}
