//! The book against the rules: single cases, a year day by day, and whatever comes to proptest's mind.

mod cases;
mod planner;
mod world;
mod year;
