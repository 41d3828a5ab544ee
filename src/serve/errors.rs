//! What is said to a client that does not get what it asked for.

use super::bodies::{ArmError, ArmErrorBody, ConnectorError};
use super::exchange::Answer;
use crate::cloud::Refusal;
use crate::model::fact::Reason;
use crate::time::Duration;

/// Why a request is not answered with what it asked for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Fault {
    /// The resource manager's shape of an error.
    Arm {
        status: u16,
        code: &'static str,
        message: String,
    },
    /// The connectors' own shape, seen in real traffic.
    Connector { status: u16, message: String },
    /// A method that this path does not know, and those that it does.
    Method { known: String },
    /// The region does not answer: an empty body from the gateway.
    Gateway,
    /// Too many requests.
    Throttled { wait: Duration },
}

impl Fault {
    pub(super) fn arm(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self::Arm {
            status,
            code,
            message,
        }
    }

    pub(super) fn no_such_path() -> Self {
        let says =
            "There is nothing at this path: `lifeboat schema openapi` writes those that there are.";
        Self::arm(404, "InvalidResourceType", says)
    }

    pub(super) fn invalid(message: impl Into<String>) -> Self {
        Self::arm(400, "InvalidRequestContent", message)
    }

    /// The same in the connectors' own shape.
    pub(super) fn of_connector(self) -> Self {
        match self {
            Self::Arm {
                status, message, ..
            } => Self::Connector { status, message },
            other => other,
        }
    }

    /// The answer; `request` tells it from all others.
    pub(super) fn answer(self, request: &str) -> Answer {
        match self {
            Self::Arm {
                status,
                code,
                message,
            } => {
                let error = ArmError {
                    code: code.to_owned(),
                    message,
                };
                let body = ArmErrorBody { error };
                Answer::json(status, &body).with("x-ms-error-code", code)
            }
            Self::Connector { status, message } => {
                let body = ConnectorError {
                    status_code: status,
                    error_message: message,
                    error_correlation: request.to_owned(),
                };
                Answer::json(status, &body)
            }
            Self::Method { known } => {
                let says = format!("This path answers {known}.");
                let answer = Self::arm(405, "MethodNotAllowed", says).answer(request);
                answer.with("allow", known)
            }
            Self::Gateway => Answer::empty(502).with("x-ms-failure-cause", "gateway"),
            Self::Throttled { wait } => {
                let error = ArmError {
                    code: "TooManyRequests".to_owned(),
                    message: "Too many requests. Please retry after the time told.".to_owned(),
                };
                Answer::json(429, &ArmErrorBody { error })
                    .with("x-ms-error-code", "TooManyRequests")
                    .waiting(wait)
            }
        }
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        match refusal {
            Refusal::NotFound(_) => Self::arm(404, "ResourceNotFound", message),
            Refusal::Unavailable(_) | Refusal::InventoryUnavailable => Self::Gateway,
            Refusal::Throttled { retry_after } => Self::Throttled { wait: retry_after },
            Refusal::ScmUnavailable => Self::arm(424, "ScmUnavailable", message),
            Refusal::Conflict(_) => Self::arm(409, "Conflict", message),
            Refusal::Invalid(_) => Self::invalid(message),
            Refusal::Refused(reason) => Self::arm(status(reason), code(reason), message),
        }
    }
}

/// The status of what the platform refuses at once.
const fn status(reason: Reason) -> u16 {
    match reason {
        Reason::ComingSoon => 400,
        Reason::ConnectorDeleted => 404,
        Reason::NotGranted => 403,
        _ => 409,
    }
}

/// The code of what the platform refuses, at once or in an operation.
pub(super) const fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::ComingSoon => "LocationNotAvailableForResourceType",
        Reason::RegionDown => "RegionUnavailable",
        Reason::RegionFull => "RegionCapacityExceeded",
        Reason::InventoryUnavailable => "InventoryUnavailable",
        Reason::NoAuthorizer => "TokenExchangeFailed",
        Reason::ConnectorDown => "ConnectorUnavailable",
        Reason::ConnectorDeleted => "ResourceNotFound",
        Reason::NotWorking => "ConnectorNotAuthorized",
        Reason::NotGranted => "AuthorizationFailed",
        Reason::NoTicket => "OrganizationNotReleased",
        Reason::NotVisible => "OrganizationNotDiscovered",
        Reason::NoTarget => "NoTarget",
        Reason::Failed => "OperationFailed",
        Reason::Unfit => "ConnectorUnfit",
        Reason::NamesNobody => "ResourceIdUnknown",
    }
}
