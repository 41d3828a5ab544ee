//! Promises: an operation's address, and how far it is.

use super::bodies::{ArmError, OperationStatus};
use super::calls::Call;
use super::clock::question;
use super::desk::Desk;
use super::errors::{Fault, code};
use super::exchange::Answer;
use crate::cloud::{OperationIx, Progress};
use crate::time::{Duration, Instant};

/// The address of operations on a connector, after the connector's own.
const OF_CONNECTOR: &str = "/devops/default/operationResults";

/// The date that answers have for T+0: the article's (2023-10-09, midnight UTC). The
/// run itself has none.
const EPOCH_MS: i64 = 1_696_809_600_000;

/// An instant of the run as a date.
pub(super) fn dated(at: Instant) -> String {
    let millis = EPOCH_MS.saturating_add(at.as_millis());
    let stamp = jiff::Timestamp::from_millisecond(millis).unwrap_or(jiff::Timestamp::MAX);
    stamp.to_string()
}

impl Desk<'_> {
    /// Promises an operation on a connector.
    pub(super) fn promise(
        &mut self,
        call: &Call<'_>,
        operation: OperationIx,
        answer: Answer,
    ) -> Answer {
        let [subscription, group, name] = [0, 1, 2].map(|it| super::path::encoded(call.name(it)));
        let path = format!(
            "/subscriptions/{subscription}/resourceGroups/{group}\
             /providers/Microsoft.Security/securityConnectors/{name}{OF_CONNECTOR}"
        );
        self.promise_at(call, &path, operation, answer)
    }

    /// Promises what a ticket asks for.
    pub(super) fn promise_ticket(
        &mut self,
        call: &Call<'_>,
        operation: OperationIx,
        answer: Answer,
    ) -> Answer {
        let path = format!(
            "/subscriptions/{}/providers/Microsoft.Support/operationsstatus",
            super::path::encoded(call.name(0))
        );
        self.promise_at(call, &path, operation, answer)
    }

    fn promise_at(
        &mut self,
        call: &Call<'_>,
        path: &str,
        operation: OperationIx,
        answer: Answer,
    ) -> Answer {
        let version = call.parameter("api-version").unwrap_or("");
        let path = format!("{path}/{}", id_of(operation));
        let query = format!("api-version={}", super::path::encoded(version));
        let wait = self.cloud.operation_time();
        let question = question("GET", &path, &query);
        self.clock.promise(question, self.cloud.now(), wait);
        let origin = &call.request.origin;
        answer
            .with("azure-asyncoperation", format!("{origin}{path}?{query}"))
            .waiting(wait)
    }

    fn status(&self, call: &Call<'_>, id: &str) -> Result<Answer, Fault> {
        let unknown = || {
            let says = format!("The operation '{id}' was not found.");
            Fault::arm(404, "OperationNotFound", says)
        };
        let number = number_of(id).ok_or_else(unknown)?;
        let it = self.cloud.operation(number).map_err(|_| unknown())?;
        let (began, due) = (it.began, it.due);
        let (status, error) = match it.progress {
            Progress::InProgress => ("InProgress", None),
            Progress::Succeeded => ("Succeeded", None),
            Progress::Failed(reason) => {
                let error = ArmError {
                    code: code(reason).to_owned(),
                    message: format!("Refused: {}.", reason.words()),
                };
                ("Failed", Some(error))
            }
        };
        let under_way = it.progress == Progress::InProgress;
        let body = OperationStatus {
            id: call.request.path.clone(),
            name: id.to_owned(),
            status: status.to_owned(),
            start_time: dated(began),
            end_time: (!under_way).then(|| dated(due)),
            error,
        };
        let answer = Answer::json(200, &body);
        let wait = self.cloud.operation_time();
        Ok(if under_way {
            answer.waiting(wait.max(Duration::SECOND))
        } else {
            answer
        })
    }
}

/// An operation's ID, in the shape that clients expect.
fn id_of(operation: OperationIx) -> String {
    format!("0fe7a110-0000-4000-8000-{:012x}", operation.0)
}

fn number_of(id: &str) -> Option<OperationIx> {
    let digits = id.to_lowercase();
    let digits = digits.strip_prefix("0fe7a110-0000-4000-8000-")?;
    let all_hex = digits.len() == 12 && digits.bytes().all(|it| it.is_ascii_hexdigit());
    let number = u64::from_str_radix(digits, 16).ok().filter(|_| all_hex)?;
    u32::try_from(number).ok().map(OperationIx)
}

/// How far an operation on a connector is. Who looks it up need not know on which
/// connector it was, but that one has to be there and up.
pub(super) fn of_connector(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    let connector = desk.connector(call)?;
    if desk.cloud.world().is_down(connector) {
        return Err(Fault::Gateway);
    }
    desk.status(call, call.name(3))
}

/// How far the opening of a ticket is.
pub(super) fn of_ticket(desk: &mut Desk<'_>, call: &Call<'_>) -> Result<Answer, Fault> {
    desk.subscription(call)?;
    desk.status(call, call.name(1))
}
