//! A row a run, as CSV for notebooks: no field needs quotes.

use crate::checks::CheckId;
use crate::explore::odds::Row;
use crate::measures::Quantity;
use crate::statistics::Value;
use std::fmt::Write;

/// The names of the columns, with a line break at its end: run, seed, every quantity
/// (times in milliseconds), every check, and whether any is violated that is not known
/// to fail.
#[must_use]
pub fn head() -> String {
    let quantities = Quantity::ALL.into_iter().map(Quantity::name);
    let checks = CheckId::ALL.into_iter().map(CheckId::slug);
    let names: Vec<&str> = quantities.chain(checks).collect();
    format!("run,seed,{},violated\n", names.join(","))
}

/// Adds a run's line. A quantity that nothing put to the test is empty, one that never
/// came to a number is `never`; a check that is off is empty.
pub fn add(row: &Row, to: &mut String) {
    // Writing to a text never fails.
    let _ = write!(to, "{},{:#x}", row.run, row.seed);
    for quantity in Quantity::ALL {
        let _ = match row.value(quantity) {
            None => write!(to, ","),
            Some(Value::Never) => write!(to, ",never"),
            Some(Value::At(it)) => write!(to, ",{it}"),
        };
    }
    for check in CheckId::ALL {
        let word = row.verdict(check).map_or("", |it| it.name());
        let _ = write!(to, ",{word}");
    }
    let _ = writeln!(to, ",{}", row.violated);
}
