//! Names that people gave themselves, in mails to other people.

use super::single_line;
use crate::notice::shorten;

/// Most characters of a name.
const NAME: usize = 60;

/// A name that somebody typed: one line, short, without the quotes that it is put in, and nothing that a mail client
/// makes a link of by itself.
pub(crate) fn name(text: &str) -> String {
    let mut kept = String::new();
    let line = single_line(text);
    let mut rest = line.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '"' | '“' | '”' | '„' | '«' | '»' => kept.push('\''),
            // Zero-width and other unseen characters, which would hide one word in another.
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {}
            _ => kept.push(character),
        }
        // A gap that is seen, since mail clients know the unseen ones. "J.R.R. Tolkien" only looks better for it.
        let joins = matches!(character, '.' | ':' | '@' | '\u{2024}' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}');
        if joins && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            kept.push(' ');
        }
    }
    shorten(kept.trim(), NAME, |_| 1).into_owned()
}

/// Foreign text in a mail that people know and want, such as a peer's name: nothing in it becomes a link, and what cannot
/// become one, such as an address or a version in numbers, stays as it is.
pub(crate) fn unlinked(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        kept.push(character);
        let joins = matches!(character, '.' | ':' | '@' | '\u{2024}' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}');
        if joins && rest.peek().is_some_and(|next| next.is_alphabetic() || *next == '/') {
            kept.push(' ');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_a_link() {
        for (text, shown) in [
            ("web-fra-01 is offline", "web-fra-01 is offline"),
            ("3 of 61 since 11:55 UTC, v0.31.2 at 10.0.0.1", "3 of 61 since 11:55 UTC, v0.31.2 at 10.0.0.1"),
            ("db.acme.example", "db. acme. example"),
            ("https://evil.example/x", "https: //evil. example/x"),
            ("eve@evil.example", "eve@ evil. example"),
            ("The end. Really: yes", "The end. Really: yes"),
        ] {
            assert_eq!(unlinked(text), shown);
        }
    }

    #[test]
    fn names_are_only_names() {
        for (typed, shown) in [
            ("Acme Networks Inc.", "Acme Networks Inc."),
            ("J.R.R. Tolkien", "J. R. R. Tolkien"),
            ("Łódź Sieci — Oddział 2/3", "Łódź Sieci — Oddział 2/3"),
            ("visit https://evil.example/x now", "visit https: //evil. example/x now"),
            ("mail eve@evil.example", "mail eve@ evil. example"),
            ("evil。example evil․example", "evil。 example evil․ example"),
            ("e\u{200b}v\u{ad}il.\u{200c}example", "evil. example"),
            ("Acme” is closed. Call “us", "Acme' is closed. Call 'us"),
            ("Acme\r\nBcc: x@y.example\n\nHello", "Acme Bcc: x@ y. example Hello"),
        ] {
            assert_eq!(name(typed), shown);
        }
        assert_eq!(name(&"é".repeat(60)), "é".repeat(60));
        assert_eq!(name(&"é".repeat(61)).chars().last(), Some('…'));
    }
}
