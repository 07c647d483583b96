//! Settings: flags, or environment variables of the same names.

use std::net::IpAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use clap::Parser;
use clap::builder::BoolishValueParser;
use ipnet::IpNet;
use platform_core::password;
use platform_core::tenancy::Email;
use platform_notify::email::smtp::SmtpTransport;
use platform_runtime::platform::ALERT_MAILS_PER_RECIPIENT;
use url::Url;

/// NetBird Web Management Platform: the whole platform in one process.
#[derive(Debug, Clone, Parser)]
#[command(name = "netbird-platform", version, about)]
pub struct Settings {
    /// Address to listen on
    #[arg(long, env = "HOST", default_value = "127.0.0.1")]
    pub host: IpAddr,

    /// Port of the web app and the API
    #[arg(long, env = "PORT", default_value_t = 3000)]
    pub port: u16,

    /// Folder of the database, the keys and the mail; made if missing
    #[arg(long, env = "DATA_DIR", default_value = ".local")]
    pub data_dir: PathBuf,

    /// Begin with a demo network: 1 or 0 [default: 1, or 0 when a NetBird account is given]
    #[arg(long, env = "DEMO", value_parser = BoolishValueParser::new())]
    pub demo: Option<bool>,

    /// Port of the demo's NetBird server, on this machine only
    #[arg(long, env = "DEMO_PORT", default_value_t = 3001)]
    pub demo_port: u16,

    /// Where people reach the web app, for links in messages [default: http://localhost:PORT]
    #[arg(long, env = "PUBLIC_URL", value_parser = parse_public_url)]
    pub public_url: Option<Url>,

    /// Mail server, as smtps://user:password@host, smtp+starttls://… or smtp://… [default: mail is kept in files that the app lists]
    #[arg(long, env = "SMTP_URL", hide_env_values = true, value_parser = parse_smtp_url)]
    pub smtp_url: Option<String>,

    /// Sender of mail
    #[arg(long, env = "MAIL_FROM", default_value = "platform@localhost.localdomain", value_parser = parse_email)]
    pub mail_from: Email,

    /// Messages about alerts that one recipient gets from one tenant in an hour; what is over it is summed up in one
    #[arg(long, env = "ALERT_MAILS_PER_RECIPIENT", default_value_t = ALERT_MAILS_PER_RECIPIENT)]
    pub alert_mails_per_recipient: NonZeroU32,

    /// Seconds between two syncs, 1 to 3600 [default: 60, or 5 with the demo]
    #[arg(long, env = "TICK_SECONDS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub tick_seconds: Option<u64>,

    /// NetBird management server to connect at start
    #[arg(long, env = "NETBIRD_API_URL", requires = "netbird_api_token")]
    pub netbird_api_url: Option<Url>,

    /// Token of that server's API
    #[arg(long, env = "NETBIRD_API_TOKEN", hide_env_values = true, requires = "netbird_api_url")]
    pub netbird_api_token: Option<String>,

    /// Make a first owner with this address, unless the platform is set up
    #[arg(long, env = "ADMIN_EMAIL", requires = "admin_password", value_parser = parse_email)]
    pub admin_email: Option<Email>,

    /// That owner's password, at least 15 characters
    #[arg(long, env = "ADMIN_PASSWORD", hide_env_values = true, requires = "admin_email", value_parser = parse_password)]
    pub admin_password: Option<String>,

    /// Proxies in front, as addresses or ranges with commas between: their X-Forwarded-For says who the client is
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',', value_parser = parse_proxy)]
    pub trusted_proxies: Vec<IpNet>,

    /// Requests to the API that one address may make each second, on average
    #[arg(long, env = "REQUESTS_PER_SECOND", default_value = "100")]
    pub requests_per_second: NonZeroU32,

    /// Connections that one address may hold (of IPv6, one /64), proxies of ours apart
    #[arg(long, env = "CONNECTIONS_PER_ADDRESS", default_value = "128")]
    pub connections_per_address: NonZeroUsize,

    /// Connections in all, and no more than half of the files that the process may open
    #[arg(long, env = "CONNECTIONS", default_value = "2048")]
    pub connections: NonZeroUsize,

    /// Let anybody sign up a tenant: 1 or 0 [default: 1 while only this machine can reach the platform, else 0]
    #[arg(long, env = "OPEN_SIGN_UP", value_parser = BoolishValueParser::new())]
    pub open_sign_up: Option<bool>,

    /// Let NetBird servers and webhooks have private addresses: 1 or 0
    #[arg(long, env = "ALLOW_PRIVATE_ADDRESSES", default_value = "1", value_parser = BoolishValueParser::new(), action = clap::ArgAction::Set)]
    pub allow_private_addresses: bool,

    /// What Prometheus sends as a bearer token to read /metrics, at least 16 characters [default: none, and only this machine reads it]
    #[arg(long, env = "METRICS_TOKEN", hide_env_values = true, value_parser = parse_metrics_token)]
    pub metrics_token: Option<String>,

    /// Folder of the built web app
    #[arg(long, env = "WEB_DIR", default_value = "web/dist")]
    pub web_dir: PathBuf,
}

impl Settings {
    /// Whether a demo is wanted where nothing else is.
    pub fn wants_demo(&self) -> bool {
        self.demo.unwrap_or(self.netbird_api_url.is_none() && self.admin_email.is_none())
    }

    /// Seconds between two ticks.
    pub fn tick_seconds(&self, demo: bool) -> u64 {
        self.tick_seconds.unwrap_or(if demo { 5 } else { 60 })
    }

    /// Whether only people on this machine can reach the platform: it listens to nobody else, and nothing in front of
    /// it passes others on.
    pub fn is_private(&self) -> bool {
        let host = self.public_url().host_str().unwrap_or_default().to_owned();
        self.host.is_loopback() && matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]")
    }

    /// Whether anybody may sign up a tenant.
    pub fn open_sign_up(&self) -> bool {
        self.open_sign_up.unwrap_or_else(|| self.is_private())
    }

    /// Where people reach the web app.
    pub fn public_url(&self) -> Url {
        let local = || format!("http://localhost:{}", self.port).parse().expect("is a URL");
        self.public_url.clone().unwrap_or_else(local)
    }
}

fn parse_email(text: &str) -> Result<Email, String> {
    text.parse().map_err(|error| format!("{error}"))
}

fn parse_password(text: &str) -> Result<String, String> {
    password::check(text, false, &[]).map(|()| text.to_owned())
}

fn parse_public_url(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|_| "must be a URL such as https://platform.example".to_owned())?;
    match url.scheme() {
        "http" | "https" if url.has_host() => Ok(url),
        _ => Err("must begin with http:// or https://".into()),
    }
}

fn parse_proxy(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = || text.parse::<IpAddr>().map(IpNet::from);
    let proxy = text.parse().or_else(|_| address());
    proxy.map_err(|_| "must be addresses or ranges such as 10.0.0.1 or 10.0.0.0/8, with commas between".to_owned())
}

fn parse_metrics_token(text: &str) -> Result<String, String> {
    let is_fit = text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_graphic());
    is_fit
        .then(|| text.to_owned())
        .ok_or_else(|| "must have at least 16 characters, all of them printable ASCII".into())
}

fn parse_smtp_url(text: &str) -> Result<String, String> {
    text.parse::<SmtpTransport>().map(|_| text.to_owned()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_values_are_refused_by_name() {
        for (flags, name) in [
            (&["--port", "http"][..], "--port"),
            (&["--tick-seconds", "0"], "--tick-seconds"),
            (&["--demo", "maybe"], "--demo"),
            (&["--public-url", "platform"], "--public-url"),
            (&["--smtp-url", "mail.example"], "--smtp-url"),
            (&["--trusted-proxies", "10.0.0.1,proxy.example"], "proxy.example"),
            (&["--connections", "0"], "--connections"),
            (&["--alert-mails-per-recipient", "0"], "--alert-mails-per-recipient"),
            (&["--metrics-token", "short"], "--metrics-token"),
            (&["--admin-email", "me", "--admin-password", "a long enough one"], "--admin-email"),
            (&["--admin-email", "me@example.com", "--admin-password", "short"], "--admin-password"),
            (&["--admin-email", "me@example.com", "--admin-password", "passwordpassword"], "--admin-password"),
            (&["--netbird-api-url", "https://netbird.example"], "--netbird-api-token"),
        ] {
            let error = Settings::try_parse_from(std::iter::once(&"netbird-platform").chain(flags)).unwrap_err();
            assert!(error.to_string().contains(name), "{error}");
        }
    }

    #[test]
    fn proxies_are_addresses_or_ranges() {
        let settings =
            Settings::parse_from(["netbird-platform", "--trusted-proxies", "127.0.0.1,::1, 10.0.0.0/8,2001:db8::/32"]);
        let proxies: Vec<String> = settings.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(proxies, ["127.0.0.1/32", "::1/128", "10.0.0.0/8", "2001:db8::/32"]);
    }

    #[test]
    fn the_demo_gives_way_to_a_real_account() {
        let settings = |flags: &[&str]| Settings::parse_from(["netbird-platform"].iter().chain(flags));
        assert!(settings(&[]).wants_demo());
        assert_eq!(settings(&[]).tick_seconds(true), 5);
        let real = settings(&["--netbird-api-url", "https://netbird.example", "--netbird-api-token", "nbp_x"]);
        assert!(!real.wants_demo());
        assert_eq!(real.tick_seconds(false), 60);
        assert!(settings(&[]).is_private());
        assert!(!settings(&["--public-url", "https://platform.example"]).is_private());
    }
}
