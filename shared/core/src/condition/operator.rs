//! How numbers are compared.

use crate::named;

named! {
    /// Compares a count with a threshold. An unknown operator is refused when a rule is written, never when it runs.
    pub enum Operator {
        /// `>`
        GreaterThan = "greater_than",
        /// `<`
        LessThan = "less_than",
        /// `=`
        Equals = "equals",
        /// `≠`
        NotEquals = "not_equals",
        /// `≥`
        GreaterThanOrEqual = "greater_than_or_equal",
        /// `≤`
        LessThanOrEqual = "less_than_or_equal",
    }
}

impl Operator {
    /// Whether `value` stands in this relation to `threshold`.
    pub fn holds<T: PartialOrd + Copy>(self, value: T, threshold: T) -> bool {
        match self {
            Operator::GreaterThan => value > threshold,
            Operator::LessThan => value < threshold,
            Operator::Equals => value == threshold,
            Operator::NotEquals => value != threshold,
            Operator::GreaterThanOrEqual => value >= threshold,
            Operator::LessThanOrEqual => value <= threshold,
        }
    }

    /// In words, after "the number".
    pub const fn words(self) -> &'static str {
        match self {
            Operator::GreaterThan => "is above",
            Operator::LessThan => "is below",
            Operator::Equals => "is exactly",
            Operator::NotEquals => "is not",
            Operator::GreaterThanOrEqual => "is at least",
            Operator::LessThanOrEqual => "is at most",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Operator::{self, *};

    #[test]
    fn operators() {
        let truth = |op: Operator| [1, 2, 3].map(|value| op.holds(value, 2));
        assert_eq!(truth(GreaterThan), [false, false, true]);
        assert_eq!(truth(LessThan), [true, false, false]);
        assert_eq!(truth(Equals), [false, true, false]);
        assert_eq!(truth(NotEquals), [true, false, true]);
        assert_eq!(truth(GreaterThanOrEqual), [false, true, true]);
        assert_eq!(truth(LessThanOrEqual), [true, true, false]);
        assert!(serde_json::from_str::<Operator>("\"about\"").is_err());
    }
}
