//! What somebody signed in with, in words.
//!
//! Our own table: the parsers that there are for this come with a table of a thousand phones or with a regular
//! expression engine, to say what a person needs three words for.

/// No real client names itself at greater length; what is after that is not looked at.
const MOST: usize = 512;

// In both tables the first that fits is it: browsers name those they want to be taken for as well.

const BROWSERS: &[(&str, &str)] = &[
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex Browser"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Chromium/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("FreeBSD", "FreeBSD"),
    ("OpenBSD", "OpenBSD"),
    ("Linux", "Linux"),
];

const PROGRAMS: &[(&str, &str)] = &[
    ("PowerShell/", "PowerShell"),
    ("curl/", "curl"),
    ("Wget/", "Wget"),
    ("HTTPie/", "HTTPie"),
    ("PostmanRuntime/", "Postman"),
    ("insomnia/", "Insomnia"),
    ("Bruno", "Bruno"),
    ("Python", "Python"),
    ("python", "Python"),
    ("Go-http-client/", "Go"),
    ("axios/", "Node.js"),
    ("undici", "Node.js"),
    ("node", "Node.js"),
    ("okhttp/", "OkHttp"),
    ("Java", "Java"),
    ("Apache-HttpClient/", "Java"),
    ("Ruby", "Ruby"),
];

/// A browser and its system (`Firefox on Linux`), a program (`curl`), or `Unknown device`. Every word is ours, none is
/// taken from the header, which anybody can write anything into.
pub fn device(user_agent: Option<&str>) -> String {
    let given = user_agent.unwrap_or_default();
    let given = &given[..given.floor_char_boundary(MOST)];
    let first = |table: &[(&str, &'static str)], fits: &dyn Fn(&str) -> bool| {
        table.iter().find(|(sign, _)| fits(sign)).map(|(_, name)| *name)
    };
    let system = || first(SYSTEMS, &|sign| given.contains(sign));
    if !given.starts_with("Mozilla/") {
        return first(PROGRAMS, &|sign| given.starts_with(sign)).unwrap_or("Unknown device").to_owned();
    }
    let program = first(&PROGRAMS[..1], &|sign| given.contains(sign));
    let browser = program.or_else(|| first(BROWSERS, &|sign| given.contains(sign)));
    match (browser, system()) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(browser), None) => browser.to_owned(),
        (None, Some(system)) => format!("A browser on {system}"),
        (None, None) => "Unknown device".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_call_themselves() {
        for (user_agent, name) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"),
            ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox on Android"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
                "Firefox on iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
                "Chrome on Windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/138.0.0.0 Safari/537.36",
                "Chrome on Linux",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
                "Chrome on ChromeOS",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/138.0.7204.53 Mobile/15E148 Safari/604.1",
                "Chrome on iPhone",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Safari/537.36 OPR/120.0.0.0",
                "Opera on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet on Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
                "Safari on macOS",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1",
                "Safari on iPad",
            ),
            ("Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.26100", "PowerShell on Windows"),
            ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "A browser on Windows"),
            ("curl/8.14.1", "curl"),
            ("Wget/1.25.0", "Wget"),
            ("python-requests/2.32.4", "Python"),
            ("Python/3.13 aiohttp/3.12.13", "Python"),
            ("Go-http-client/2.0", "Go"),
            ("PostmanRuntime/7.44.1", "Postman"),
            ("node", "Node.js"),
            ("okhttp/5.0.0", "OkHttp"),
            ("Java-http-client/21.0.7", "Java"),
        ] {
            assert_eq!(device(Some(user_agent)), name, "{user_agent}");
        }
    }

    #[test]
    fn nothing_of_an_unknown_one_is_repeated() {
        for hostile in ["", "Mozilla/5.0", "<b>x</b>", "https://evil.example", "evil.example curl/8", "\u{202e}\0\r\n"]
        {
            assert_eq!(device(Some(hostile)), "Unknown device", "{hostile:?}");
        }
        assert_eq!(device(None), "Unknown device");
        let long = format!("Mozilla/5.0 {} Firefox/1", "é".repeat(40_000));
        assert_eq!(device(Some(&long)), "Unknown device");
        let odd = format!("Mozilla/5.0 (X11; Linux) Firefox/140.0 {}", "ém".repeat(400));
        assert_eq!(device(Some(&odd)), "Firefox on Linux");
    }
}
