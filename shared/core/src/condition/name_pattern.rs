//! Patterns of names: `*` stands for any characters and everything else for itself, whatever its case.

/// A pattern, taken apart once and compared with many names. What a comparison takes grows with the pattern and the name, and not with
/// one times the other: whoever writes patterns does not write names.
#[derive(Debug)]
pub(super) struct NamePattern {
    /// What a name begins with; all of it where the pattern has no `*`.
    first: String,
    /// What it has then, one after the other.
    between: Vec<String>,
    /// What it ends with. `None` without `*`.
    last: Option<String>,
}

/// A text in small letters, each by itself: what one becomes depends on no neighbour, as the end of a word does in Greek.
pub(super) fn lowered(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

impl NamePattern {
    pub(super) fn new(pattern: &str) -> Self {
        let pattern = lowered(pattern);
        let mut pieces = pattern.split('*').map(str::to_owned);
        let first = pieces.next().unwrap_or_default();
        let last = pieces.next_back();
        Self { first, between: pieces.filter(|piece| !piece.is_empty()).collect(), last }
    }

    /// Whether a name fits that is [`lowered`].
    pub(super) fn fits(&self, name: &str) -> bool {
        let Some(rest) = name.strip_prefix(self.first.as_str()) else { return false };
        let Some(last) = &self.last else { return rest.is_empty() };
        // What it ends with does not begin before what it begins with is over.
        let Some(mut rest) = rest.strip_suffix(last.as_str()) else { return false };
        // The earliest place of each leaves most room for the others.
        for piece in &self.between {
            let Some((_, after)) = rest.split_once(piece.as_str()) else { return false };
            rest = after;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::{Config, RngSeed};

    use super::*;

    const SEED: u64 = 20_261_130;

    fn fits(pattern: &str, name: &str) -> bool {
        NamePattern::new(pattern).fits(&lowered(name))
    }

    /// The same, worked out of every beginning of the pattern and of the name.
    fn fits_slowly(pattern: &str, name: &str) -> bool {
        let (pattern, name): (Vec<char>, Vec<char>) =
            (lowered(pattern).chars().collect(), lowered(name).chars().collect());
        let mut row: Vec<bool> = (0..=name.len()).map(|taken| taken == 0).collect();
        for one in pattern {
            let mut next = vec![one == '*' && row[0]];
            for (at, letter) in name.iter().enumerate() {
                let fits = if one == '*' { row[at + 1] || next[at] } else { row[at] && *letter == one };
                next.push(fits);
            }
            row = next;
        }
        row[name.len()]
    }

    #[test]
    fn a_star_stands_for_any_characters_and_nothing_else_does() {
        for (pattern, name, does) in [
            ("web", "web", true),
            ("web", "web-1", false),
            ("web", "my-web", false),
            ("db-*", "db-1", true),
            ("db-*", "db-", true),
            ("db-*", "web-db-1", false),
            ("*-prod", "db-prod", true),
            ("*-prod", "db-prod-2", false),
            ("*1*", "web-10", true),
            ("*1*", "web", false),
            ("a*b*c*d", "a-b-c-d", true),
            ("a*b*c*d", "a-c-b-d", false),
            ("a*bc*bc*d", "abcbcd", true),
            ("a*bc*bc*d", "abcd", false),
            // What it begins with and what it ends with do not overlap, and neither do those between.
            ("ab*ba", "aba", false),
            ("ab*ba", "abba", true),
            ("*aa*aa*", "aaa", false),
            ("a*a", "a", false),
            // Stars beside each other are one.
            ("**", "", true),
            ("a**b", "ab", true),
            ("***a***", "banana", true),
            ("*", "anything", true),
            ("", "", true),
            ("", "a", false),
            // Only a star is special.
            ("?one", "lone", false),
            ("?one", "?one", true),
            ("srv[1]", "srv[1]", true),
            ("a.c", "abc", false),
            (r"a\*", r"a\b", true),
        ] {
            assert_eq!(fits(pattern, name), does, "{pattern:?} and {name:?}");
            assert_eq!(fits_slowly(pattern, name), does, "{pattern:?} and {name:?}, slowly");
        }
    }

    #[test]
    fn case_does_not_matter_in_any_script() {
        for (pattern, name) in [
            ("DB-*", "db-1"),
            ("db-*", "DB-1"),
            ("BÜRO-*", "büro-ß"),
            ("*ЦОД", "сервер-цод"),
            ("ΣΑΣ*", "σασα"),
            ("İ*", "i\u{307}stanbul"),
        ] {
            assert!(fits(pattern, name), "{pattern:?} and {name:?}");
        }
        assert!(!fits("büro", "buro"));
    }

    #[test]
    fn what_nearly_fits_everywhere_takes_no_longer() {
        let pattern = format!("{}b", "*a".repeat(49));
        let name = "a".repeat(1_000_000);
        assert!(!fits(&pattern, &name));
    }

    proptest! {
        #![proptest_config(Config { cases: 2_000, rng_seed: RngSeed::Fixed(SEED), failure_persistence: None, ..Config::default() })]

        #[test]
        fn it_agrees_with_one_that_tries_everything(pattern in "[abÄ?*]{0,8}", name in "[abBä?*]{0,10}") {
            prop_assert_eq!(fits(&pattern, &name), fits_slowly(&pattern, &name), "seed {}", SEED);
        }
    }
}
