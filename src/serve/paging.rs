//! Lists in pages.

use super::bodies::Page;
use super::calls::Call;
use super::errors::Fault;
use super::exchange::Answer;
use super::path::encoded;
use serde::Serialize;

/// How many things a page has, at most.
pub(super) const PAGE: usize = 100;

/// About how many bytes a row has: the longest are those of Azure DevOps orgs.
const ROW_BYTES: usize = 896;

/// Where the page begins that a call asks for.
pub(super) fn start(call: &Call<'_>) -> Result<usize, Fault> {
    match call.parameter("$skiptoken") {
        None => Ok(0),
        Some(text) => text.parse::<u32>().map(|it| it as usize).map_err(|_| {
            let says = "The $skipToken is none that was given out.";
            Fault::arm(400, "InvalidSkipToken", says)
        }),
    }
}

/// How many things the page has that a call asks for.
fn size(call: &Call<'_>) -> Result<usize, Fault> {
    match call.parameter("$top") {
        None => Ok(PAGE),
        Some(text) => match text.parse::<u32>() {
            Ok(top @ 1..) => Ok((top as usize).min(PAGE)),
            _ => Err(Fault::arm(
                400,
                "InvalidTop",
                "The $top is a whole number above 0.",
            )),
        },
    }
}

/// The page that a call asks for of things that are many: only those on it are made.
pub(super) fn page<I, T: Serialize>(
    call: &Call<'_>,
    all: impl Iterator<Item = I>,
    show: impl FnMut(I) -> T,
) -> Result<Answer, Fault> {
    let (start, size) = (start(call)?, size(call)?);
    let mut all = all.skip(start);
    let value: Vec<T> = all.by_ref().take(size).map(show).collect();
    let next_link = all.next().map(|_| {
        let kept: String = call
            .query
            .iter()
            .filter(|it| it.0 != "$skiptoken")
            .map(|(name, value)| format!("{}={}&", encoded(name), encoded(value)))
            .collect();
        let (origin, path) = (&call.request.origin, &call.request.path);
        format!("{origin}{path}?{kept}%24skipToken={}", start + size)
    });
    let bytes = ROW_BYTES * (value.len() + 1);
    Ok(Answer::json_of(200, &Page { value, next_link }, bytes))
}
