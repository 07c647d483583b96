//! Which passwords are taken: long ones of any characters, but not those that are guessed first (OWASP ASVS 6.2).

use crate::tenancy::PASSWORD_MAX;

/// Fewest characters of a password that is all there is between a stranger and the account.
pub const MIN: usize = 15;
/// Fewest characters where a second factor is asked for as well.
pub const MIN_WITH_SECOND_FACTOR: usize = 8;

/// Lower case; `data/README.md` says where they are from.
const COMMON: &str = include_str!("../data/common-passwords.txt");

/// What everybody guesses here, whoever it is that signs in.
const OURS: &[&str] = &["NetBird", "NetBird platform", "NetBird Web Management Platform"];

/// A text shorter than this is no better for being repeated.
const SHORT: usize = 8;

/// Whether a password may be chosen, or what is wrong with it. `context` is what others know of the person: email
/// address, name, the tenant's name.
///
/// # Errors
///
/// A sentence that follows the field's name.
pub fn check(password: &str, second_factor: bool, context: &[&str]) -> Result<(), String> {
    let min = if second_factor { MIN_WITH_SECOND_FACTOR } else { MIN };
    let length = password.chars().count();
    if !(min..=PASSWORD_MAX).contains(&length) {
        return Err(format!("must have {min} to {PASSWORD_MAX} characters, has {length}"));
    }
    if password.chars().any(char::is_control) {
        return Err("must not contain control characters".into());
    }
    let characters: Vec<char> = password.to_lowercase().chars().collect();
    let period = period(&characters);
    if period < SHORT && period * 2 <= characters.len() {
        return Err("must not be a short text that is repeated".into());
    }
    let (whole, part) = (characters.iter().collect::<String>(), characters[..period].iter().collect::<String>());
    for text in [&whole, &part] {
        if COMMON.lines().any(|common| common == text.trim()) {
            return Err("must not be one of the most common passwords".into());
        }
        let text = letters(text);
        if OURS.iter().chain(context).any(|known| is_known(&text, known)) {
            return Err("must not be your name, your email address or the tenant's name".into());
        }
    }
    Ok(())
}

/// After how many characters the text begins again, its whole length if it does not.
fn period(text: &[char]) -> usize {
    (1..text.len()).find(|period| text[*period..] == text[..text.len() - period]).unwrap_or(text.len())
}

/// Whether the letters of a password are what is known, or an address's part before the `@`.
fn is_known(password: &str, known: &str) -> bool {
    let local = known.split('@').next().unwrap_or_default();
    !password.is_empty() && [known, local].into_iter().any(|known| letters(known) == password)
}

/// Without what stands between words, and in lower case.
fn letters(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASE: &str = "velvet harbour tuba nineteen walks";

    fn first(characters: usize) -> String {
        PHRASE.chars().take(characters).collect()
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check(&first(14), false, &[]), Err("must have 15 to 256 characters, has 14".into()));
        assert_eq!(check(&first(15), false, &[]), Ok(()));
        assert_eq!(check(&first(7), true, &[]), Err("must have 8 to 256 characters, has 7".into()));
        assert_eq!(check(&first(8), true, &[]), Ok(()));

        let letters = |count: u32| (0..count).filter_map(|n| char::from_u32(0x4e00 + n)).collect::<String>();
        assert!(check(&letters(14), false, &[]).is_err());
        assert_eq!(check(&letters(15), false, &[]), Ok(()));
        assert_eq!(check(&letters(256), false, &[]), Ok(()));
        assert_eq!(check(&letters(257), false, &[]), Err("must have 15 to 256 characters, has 257".into()));
        assert!(check("", true, &[]).is_err());
    }

    #[test]
    fn any_characters_will_do() {
        for password in [
            PHRASE,
            "ŻÓŁTA ŁÓDŹ, 3 żaby",
            "   gaps   count   ",
            "🦀🐙🦀🦑🐚🐠🐟🐬🐳🦈🦭🐡🪼🦞🦐",
            "only-lower-case-letters",
        ] {
            assert_eq!(check(password, false, &[]), Ok(()), "{password}");
        }
        for password in ["fifteen letters\0", "fifteen\nletters and more", "fifteen\tletters", "fifteen\u{85}letters"] {
            assert_eq!(check(password, false, &[]), Err("must not contain control characters".into()), "{password:?}");
        }
    }

    #[test]
    fn common_ones_are_refused_in_any_case() {
        let common = Err("must not be one of the most common passwords".into());
        for password in ["password1", "PassWord1", "iloveyou", "qwertyuiop", "  password  "] {
            assert_eq!(check(password, true, &[]), common, "{password}");
        }
        for password in [
            "123456789123456789",
            "ManchesterUnited",
            "password1password1",
            "passwordPASSWORD",
            "123456789012345",
            "iloveyouiloveyouilove",
        ] {
            assert_eq!(check(password, false, &[]), common, "{password}");
        }
        assert_eq!(check("password1 but longer", false, &[]), Ok(()));
    }

    #[test]
    fn a_short_text_does_not_become_a_long_one() {
        for password in [
            "aaaaaaaaaaaaaaa",
            "               ",
            "abcabcabcabcabc",
            "Ab1!Ab1!Ab1!Ab1!",
            "qwerty7qwerty7q",
            "NetBirdNetBirdNetBird",
            "żabażabażabażaba",
        ] {
            assert_eq!(check(password, false, &[]), Err("must not be a short text that is repeated".into()));
        }
        assert_eq!(check("abcdefgabcdef", true, &[]), Ok(()));
        assert_eq!(check("row row row your boat", false, &[]), Ok(()));
    }

    #[test]
    fn what_others_know_is_refused() {
        let refused = Err("must not be your name, your email address or the tenant's name".into());
        let context = ["ada.lovelace@acme.example", "Ada Lovelace", "Acme Networks of Łódź", "—"];
        for password in [
            "ada.lovelace@acme.example",
            "ADA.LOVELACE@ACME.EXAMPLE",
            "Ada Lovelace Ada Lovelace",
            "ada.lovelace.ada.lovelace.",
            "acme-networks-of-łódź",
            "AcmeNetworksOfŁódź",
            "NetBird-Platform",
        ] {
            assert_eq!(check(password, false, &context), refused, "{password}");
        }
        assert_eq!(check("ada lovelace counts on it", false, &context), Ok(()));
        assert_eq!(check("!?!-!?%$#@*+=(&", false, &context), Ok(()));
        assert_eq!(check("Ada Lovelace of Acme", false, &[]), Ok(()));
    }

    #[test]
    fn the_list_is_as_it_is_read() {
        assert!(COMMON.lines().count() >= 3_000);
        assert!(COMMON.lines().is_sorted());
        assert!(COMMON.lines().all(|line| line.len() >= MIN_WITH_SECOND_FACTOR && line == line.trim().to_lowercase()));
    }
}
