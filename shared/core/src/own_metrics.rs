//! A tenant's own metrics: numbers that it pushes of what NetBird does not tell, such as the age of a backup.
//!
//! A [`Series`] is a name with tags, of one account. The [`Book`] of an account says which there are, what each was last, and
//! the hours that values may still come of. Whoever takes values in ([`Book::take_in`]) writes the minutes ([`Minutes`]) that
//! they belong to, and, once an hour is over for good, what it makes of the hours of its day ([`Hours`]) and of the days of
//! its month ([`Days`]). `docs/adr/0039-own-metrics.md` says why.
//!
//! A minute in which nothing was pushed is a gap, never a zero. All times here are numbers since 1970 in UTC.

mod book;
mod folded;
mod pushed;
mod stored;
#[cfg(test)]
mod tests;

pub use book::{Book, Closed, MAX_SERIES, Series, TooMany, Took};
pub use folded::Folded;
pub use pushed::{
    AHEAD, LATE, MAX_NAME, MAX_TAGS, MAX_UNIT, MAX_VALUE, Pushed, Tags, check_name, check_tags, check_value, label,
};
pub use stored::{BLOCK, Days, Hours, Minutes, Read, block_of};
