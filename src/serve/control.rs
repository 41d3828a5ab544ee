//! The program's own calls: the clock, and the end.

use super::bodies::{ClockAsked, ClockShown, Ended};
use super::calls::Call;
use super::desk::Desk;
use super::errors::Fault;
use super::exchange::Answer;
use super::operations::dated;
use crate::time::{Duration, Instant};

fn shown(desk: &Desk<'_>) -> ClockShown {
    let now = desk.cloud.now();
    ClockShown {
        now: now.to_string(),
        now_ms: now.as_millis(),
        utc: dated(now),
        until: desk.cloud.until().to_string(),
        mode: desk.clock.mode.to_string(),
        trace_hash: format!("{:016x}", desk.cloud.trace_hash()),
    }
}

pub(super) fn clock(desk: &mut Desk<'_>, _: &Call<'_>) -> Result<Answer, Fault> {
    Ok(Answer::json(200, &shown(desk)))
}

pub(super) fn move_clock(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let asked: ClockAsked = call.body()?;
    let now = desk.cloud.now();
    let to = match (asked.advance, asked.to) {
        (Some(by), None) => {
            let by: Duration = by
                .parse()
                .map_err(|error| Fault::invalid(format!("'advance': {error}")))?;
            now.saturating_add(by)
        }
        (None, Some(to)) => {
            let to: Instant = to
                .parse()
                .map_err(|error| Fault::invalid(format!("'to': {error}")))?;
            if to < now {
                let says = format!("It is {now}: the clock does not go back to {to}.");
                return Err(Fault::arm(409, "ClockDoesNotGoBack", says));
            }
            to
        }
        _ => {
            return Err(Fault::invalid(
                r#"Say one of {"advance": "1h"} and {"to": "T+2d"}."#,
            ));
        }
    };
    desk.cloud.advance_to(to);
    Ok(Answer::json(200, &shown(desk)))
}

pub(super) fn end(desk: &mut Desk<'_>, _: &Call<'_>) -> Result<Answer, Fault> {
    desk.ended = true;
    Ok(Answer::json(200, &Ended { ended: true }))
}
