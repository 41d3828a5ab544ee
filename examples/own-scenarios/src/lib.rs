//! The team's own code would be here; this example has only scenarios.
