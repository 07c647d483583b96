//! What mails about a person's own account say. The wording is here, the layout in `templates/`.
//!
//! Some go to people who never heard of the platform, because somebody typed their address. So a stranger's words are
//! never in a subject, never a link, and never more than a name.

use std::net::IpAddr;

use askama::Template;
use jiff::Timestamp;
use platform_core::access::Role;
use platform_core::device::device;
use platform_core::tenancy::Email;
use platform_core::text::moment;
use url::Url;

use super::Content;
use super::name::name;

/// A mail about somebody's account.
#[derive(Debug, Clone, Copy)]
pub enum AccountMail<'a> {
    /// Somebody signs a tenant up with this address: is it theirs?
    VerifySignUp {
        /// What the tenant is to be called.
        tenant_name: &'a str,
        /// Makes the tenant.
        link: &'a Url,
        /// When the link ends.
        expires: Timestamp,
    },
    /// Somebody signs a tenant up with the address of an account that there is.
    AccountExists {
        /// The sign-in page.
        sign_in_link: &'a Url,
        /// Where one asks for a new password.
        reset_link: &'a Url,
    },
    /// Somebody forgot the password of this account.
    ResetPassword {
        /// The account's name, if it is known.
        name: Option<&'a str>,
        /// Where the new password is chosen.
        link: &'a Url,
        /// When the link ends.
        expires: Timestamp,
    },
    /// A member of a tenant invites this address to it.
    Invitation {
        /// The tenant.
        tenant_name: &'a str,
        /// The member's name.
        invited_by: &'a str,
        /// What one will be there.
        role: Role,
        /// Accepts.
        link: &'a Url,
        /// When the link ends.
        expires: Timestamp,
    },
    /// To somebody whom a tenant's rule names and who is not a member: do they want its alerts?
    ConfirmRecipient {
        /// The tenant.
        tenant_name: &'a str,
        /// Says yes or no.
        link: &'a Url,
        /// When the link ends.
        expires: Timestamp,
    },
    /// To the owners of a tenant: the platform switched one of its channels off.
    ChannelOff {
        /// The tenant.
        tenant_name: &'a str,
        /// What the channel is called.
        channel: &'a str,
        /// Why, in the platform's own words.
        reason: &'a str,
        /// The channel's page.
        link: &'a Url,
    },
    /// To the owners of a tenant: the platform switched a channel of a rule's own off.
    RuleChannelOff {
        /// The tenant.
        tenant_name: &'a str,
        /// What the rule is called.
        rule: &'a str,
        /// Which of its channels, in a word of ours: `webhook`, `Slack`.
        by: &'a str,
        /// Why, in the platform's own words.
        reason: &'a str,
        /// The rule's page.
        link: &'a Url,
    },
    /// To the new address of an account: is it theirs?
    ConfirmEmail {
        /// The new address.
        address: &'a Email,
        /// Takes the address.
        link: &'a Url,
        /// When the link ends.
        expires: Timestamp,
    },
    /// To the old address, after it was replaced.
    EmailChanged {
        /// The address before.
        old: &'a Email,
        /// The address now.
        new: &'a Email,
        /// When, and from where.
        origin: Origin<'a>,
        /// The account's security page.
        security_link: &'a Url,
    },
    /// A sign-in from a device that the account was not used on before.
    NewDevice {
        /// When, and from where.
        origin: Origin<'a>,
        /// The account's security page.
        security_link: &'a Url,
    },
    /// The password was changed, or reset.
    PasswordChanged {
        /// When, and from where.
        origin: Origin<'a>,
        /// Where one asks for a new password.
        reset_link: &'a Url,
    },
    /// Signing in asks for a code from now on.
    SecondFactorEnabled {
        /// When, and from where.
        origin: Origin<'a>,
        /// The account's security page.
        security_link: &'a Url,
    },
    /// Signing in asks for no code any more.
    SecondFactorDisabled {
        /// When, and from where.
        origin: Origin<'a>,
        /// The account's security page.
        security_link: &'a Url,
    },
    /// There are new recovery codes, the old ones stopped working.
    RecoveryCodesRenewed {
        /// When, and from where.
        origin: Origin<'a>,
        /// The account's security page.
        security_link: &'a Url,
    },
    /// A recovery code took the place of the second factor.
    RecoveryCodeUsed {
        /// How many are left.
        left: usize,
        /// When, and from where.
        origin: Origin<'a>,
        /// The account's security page.
        security_link: &'a Url,
    },
}

/// When something was done to an account, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// When.
    pub at: Timestamp,
    /// Address of the client.
    pub ip: Option<&'a str>,
    /// What the client called itself.
    pub user_agent: Option<&'a str>,
}

/// What both templates show.
struct View {
    title: &'static str,
    paragraphs: Vec<String>,
    facts: Vec<(&'static str, String)>,
    /// What the link does.
    action: &'static str,
    link: String,
    /// Another link, and what it does.
    also: Option<(&'static str, String)>,
    /// When the link ends.
    ends: Option<String>,
    /// What to do if one did not ask for this.
    not_you: String,
    footer: String,
}

#[derive(Template)]
#[template(path = "account.txt")]
struct TextPart<'a> {
    view: &'a View,
}

#[derive(Template)]
#[template(path = "account.html")]
struct HtmlPart<'a> {
    view: &'a View,
}

/// Renders one mail. The subject holds nothing that a person typed.
pub fn render(mail: &AccountMail<'_>) -> Content {
    let view = View::from(mail);
    let text = TextPart { view: &view }.render().expect("a string takes everything");
    let html = HtmlPart { view: &view }.render().expect("a string takes everything");
    Content { subject: format!("{} — NetBird platform", view.title), text, html }
}

impl From<&AccountMail<'_>> for View {
    fn from(mail: &AccountMail<'_>) -> Self {
        match *mail {
            AccountMail::VerifySignUp { tenant_name, link, expires } => {
                let asked = format!(
                    "Somebody signed up “{}” on the NetBird platform with your email address. If that was you, confirm \
                     the address and the sign-up is complete.",
                    name(tenant_name)
                );
                Self::new("Confirm your email address", asked, "Confirm the address", link)
                    .ends(expires)
                    .not_you("If it was not you, ignore this message. Without the link nothing is set up.")
            }
            AccountMail::AccountExists { sign_in_link, reset_link } => {
                let asked = "Somebody tried to sign up on the NetBird platform with your email address, which already \
                             has an account. If that was you, sign in; another tenant can be made from there.";
                Self::new("You already have an account", asked.into(), "Sign in", sign_in_link)
                    .not_you("If it was not you, ignore this message. Nothing has changed.")
                    .also("Forgot the password? Ask for a new one", reset_link)
            }
            AccountMail::ResetPassword { name: person, link, expires } => {
                let greeting = person.map(name).filter(|person| !person.is_empty());
                let greeting = greeting.map(|person| format!("Hello {person}. ")).unwrap_or_default();
                let asked = format!(
                    "{greeting}Somebody asked for a new password for your account on the NetBird platform. If that \
                     was you, choose one now. You will be signed out everywhere."
                );
                Self::new("Choose a new password", asked, "Choose a new password", link)
                    .ends(expires)
                    .not_you("If it was not you, ignore this message. Your password stays as it is.")
            }
            AccountMail::Invitation { tenant_name, invited_by, role, link, expires } => {
                let asked = format!(
                    "“{}” invites you to “{}” on the NetBird platform {}.",
                    name(invited_by),
                    name(tenant_name),
                    as_role(role)
                );
                Self::new("You are invited", asked, "See the invitation", link)
                    .ends(expires)
                    .not_you("If you do not know them, ignore this message. Without the link nothing happens.")
                    .paragraph("These names were typed by the people who use the platform; we do not vouch for them.")
            }
            AccountMail::ConfirmRecipient { tenant_name, link, expires } => {
                let asked = format!(
                    "“{}” wants to send you alerts about its network by the NetBird platform. Say whether you want \
                     them. Until you say yes, none are sent.",
                    name(tenant_name)
                );
                let mut view = Self::new("Do you want these alerts?", asked, "Say yes or no", link)
                    .not_you("If you do not know them, ignore this message, or say no: then you are not asked again.")
                    .paragraph("The name was typed by the people who use the platform; we do not vouch for it.");
                view.ends = Some(format!("The link works until {}.", moment(expires)));
                view
            }
            AccountMail::ChannelOff { tenant_name, channel, reason, link } => {
                let done = format!(
                    "The channel “{}” of “{}” on the NetBird platform was switched off: {reason}. Alerts are not told by \
                     it any more. Correct it and switch it on again, or let the rules that name it tell elsewhere.",
                    name(channel),
                    name(tenant_name)
                );
                Self::new("A channel was switched off", done, "See the channel", link)
                    .not_you("You get this message as an owner of the tenant.")
            }
            AccountMail::RuleChannelOff { tenant_name, rule, by, reason, link } => {
                let done = format!(
                    "The {by} of the rule “{}” of “{}” on the NetBird platform was switched off: {reason}. The rule tells nothing by \
                     it any more. Correct it, switch it on and save, or let the rule tell elsewhere.",
                    name(rule),
                    name(tenant_name)
                );
                Self::new("A rule’s receiver was switched off", done, "See the rule", link)
                    .not_you("You get this message as an owner of the tenant.")
            }
            AccountMail::ConfirmEmail { address, link, expires } => {
                let asked = format!(
                    "Somebody wants to use {address} to sign in to their account on the NetBird platform from now on. \
                     If that was you, confirm the address. Until then the old one stays."
                );
                Self::new("Confirm your new email address", asked, "Confirm the address", link)
                    .ends(expires)
                    .not_you("If it was not you, ignore this message. Without the link nothing changes.")
            }
            AccountMail::EmailChanged { old, new, origin, security_link } => {
                let done = format!(
                    "The email address of your account on the NetBird platform was changed from {old} to {new}. \
                     Sign in with the new one. This is the last message to the old one."
                );
                Self::new("Your email address was changed", done, "See your account's security", security_link)
                    .origin(origin)
                    .not_you(
                        "If it was not you, somebody else has your account: ask an owner of your tenant at once to \
                         deactivate it.",
                    )
            }
            AccountMail::NewDevice { origin, security_link } => {
                let done = "Somebody signed in to your account on the NetBird platform from a device that it was not \
                            used on before. If that was you, there is nothing to do.";
                Self::new("New sign-in to your account", done.into(), "See your sessions", security_link)
                    .origin(origin)
                    .not_you("If it was not you, end that session and change your password at once.")
            }
            AccountMail::PasswordChanged { origin, reset_link } => {
                let done = "The password of your account on the NetBird platform was changed, and you were signed out \
                            everywhere else. If that was you, there is nothing to do.";
                Self::new("Your password was changed", done.into(), "Ask for a new password", reset_link)
                    .origin(origin)
                    .not_you("If it was not you, ask for a new password at once and check your account's security.")
            }
            AccountMail::SecondFactorEnabled { origin, security_link } => {
                let done = "Signing in to your account on the NetBird platform now asks for a code from your \
                            authenticator app. Keep the recovery codes where you find them without your phone.";
                Self::new("Second factor switched on", done.into(), "See your account's security", security_link)
                    .origin(origin)
                    .not_you(TAKEN)
            }
            AccountMail::SecondFactorDisabled { origin, security_link } => {
                let done = "Signing in to your account on the NetBird platform no longer asks for a code from your \
                            authenticator app. The recovery codes stopped working.";
                Self::new("Second factor switched off", done.into(), "See your account's security", security_link)
                    .origin(origin)
                    .not_you(TAKEN)
            }
            AccountMail::RecoveryCodesRenewed { origin, security_link } => {
                let done = "New recovery codes were made for your account on the NetBird platform. The old ones \
                            stopped working.";
                Self::new("New recovery codes", done.into(), "See your account's security", security_link)
                    .origin(origin)
                    .not_you(TAKEN)
            }
            AccountMail::RecoveryCodeUsed { left, origin, security_link } => {
                let done = format!(
                    "A recovery code was used for your account on the NetBird platform. It does not work again; {} \
                     left.",
                    match left {
                        0 => "none is".to_owned(),
                        1 => "1 is".to_owned(),
                        _ => format!("{left} are"),
                    }
                );
                Self::new("A recovery code was used", done, "See your account's security", security_link)
                    .origin(origin)
                    .not_you(TAKEN)
            }
        }
    }
}

/// What to do when somebody else got as far as the second factor.
const TAKEN: &str = "If it was not you, change your password at once, end all other sessions, and tell an owner of \
                     your tenant.";

impl View {
    fn new(title: &'static str, first: String, action: &'static str, link: &Url) -> Self {
        let host = link.host_str().unwrap_or_default();
        let footer = format!(
            "Sent by the NetBird platform at {host}. Nobody will ever ask you for your password, a code or a link \
             from a message."
        );
        Self {
            title,
            paragraphs: vec![first],
            facts: Vec::new(),
            action,
            link: link.to_string(),
            also: None,
            ends: None,
            not_you: String::new(),
            footer,
        }
    }

    fn paragraph(mut self, text: &str) -> Self {
        self.paragraphs.push(text.to_owned());
        self
    }

    fn also(mut self, action: &'static str, link: &Url) -> Self {
        self.also = Some((action, link.to_string()));
        self
    }

    fn ends(mut self, at: Timestamp) -> Self {
        self.ends = Some(format!("The link works once and ends on {}.", moment(at)));
        self
    }

    fn not_you(mut self, text: &str) -> Self {
        text.clone_into(&mut self.not_you);
        self
    }

    fn origin(mut self, Origin { at, ip, user_agent }: Origin<'_>) -> Self {
        self.facts.push(("When", moment(at)));
        self.facts.push(("Device", device(user_agent)));
        if let Some(ip) = ip.and_then(|ip| ip.parse::<IpAddr>().ok()) {
            self.facts.push(("IP address", ip.to_string()));
        }
        self
    }
}

const fn as_role(role: Role) -> &'static str {
    match role {
        Role::Viewer => "as a viewer",
        Role::NetworkAdmin => "as a network admin",
        Role::Admin => "as an admin",
        Role::Owner => "as an owner",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::{Draft, Originator};
    use crate::notice::MAX_MESSAGE_BYTES;
    use proptest::prelude::*;

    fn url(path: &str) -> Url {
        format!("https://platform.example{path}").parse().unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn origin() -> Origin<'static> {
        let user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        Origin { at: at("2026-07-01T12:00:02Z"), ip: Some("2001:db8::7"), user_agent: Some(user_agent) }
    }

    /// Shows every kind to `show`, with what it is called.
    fn every_kind(tenant: &str, person: &str, show: &mut dyn FnMut(&str, Content)) {
        let token = "Zm9yIGEgdGVzdCBvbmx5LCBub3RoaW5nIG9wZW5z";
        let link = url(&format!("/with#token={token}"));
        let (sign_in_link, reset_link, security_link) =
            (&url("/sign-in"), &url("/forgot-password"), &url("/settings/security"));
        let (link, origin, expires) = (&link, origin(), at("2026-07-02T12:00:00Z"));
        let (old, new) = (&"ada@acme.example".parse().unwrap(), &"ada@new.example".parse().unwrap());
        let mut shown = |kind, mail| show(kind, render(&mail));
        shown("verify_sign_up", AccountMail::VerifySignUp { tenant_name: tenant, link, expires });
        shown("account_exists", AccountMail::AccountExists { sign_in_link, reset_link });
        shown("reset_password", AccountMail::ResetPassword { name: Some(person), link, expires });
        shown("reset_password_of_nobody", AccountMail::ResetPassword { name: None, link, expires });
        let role = Role::NetworkAdmin;
        shown("invitation", AccountMail::Invitation { tenant_name: tenant, invited_by: person, role, link, expires });
        shown("confirm_recipient", AccountMail::ConfirmRecipient { tenant_name: tenant, link, expires });
        let (channel, reason) = (person, "the receiver answered 410 Gone: it wants no more messages");
        shown("channel_off", AccountMail::ChannelOff { tenant_name: tenant, channel, reason, link });
        shown(
            "rule_channel_off",
            AccountMail::RuleChannelOff { tenant_name: tenant, rule: channel, by: "webhook", reason, link },
        );
        shown("confirm_email", AccountMail::ConfirmEmail { address: new, link, expires });
        shown("email_changed", AccountMail::EmailChanged { old, new, origin, security_link });
        shown("new_device", AccountMail::NewDevice { origin, security_link });
        shown("password_changed", AccountMail::PasswordChanged { origin, reset_link });
        shown("second_factor_enabled", AccountMail::SecondFactorEnabled { origin, security_link });
        shown("second_factor_disabled", AccountMail::SecondFactorDisabled { origin, security_link });
        shown("recovery_codes_renewed", AccountMail::RecoveryCodesRenewed { origin, security_link });
        shown("recovery_code_used", AccountMail::RecoveryCodeUsed { left: 9, origin, security_link });
    }

    #[test]
    fn what_they_say() {
        every_kind("Acme Networks", "Ada Lovelace", &mut |kind, content| {
            let Content { subject, text, html } = content;
            insta::assert_snapshot!(kind, format!("Subject: {subject}\n\n{text}\n----------\n{html}"));
        });
    }

    #[test]
    fn an_unknown_client_is_called_that() {
        let origin = Origin { ip: Some("<b>"), user_agent: Some("https://evil.example <b>"), ..origin() };
        let text = render(&AccountMail::NewDevice { origin, security_link: &url("/settings/security") }).text;
        assert!(text.contains("Device: Unknown device\n"), "{text}");
        assert!(!text.contains("IP address") && !text.contains("evil"), "{text}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn nobody_writes_more_than_a_name(
            name in prop_oneof![
                "\\PC{0,400}",
                "[<>&\"'a./:@ \r\n\u{202e}]{0,400}",
                Just("<a href=https://evil.example>".repeat(40)),
                Just("\r\nBcc: eve@evil.example\r\n\r\n<script>".to_owned()),
            ],
        ) {
            let mut plain = Vec::new();
            every_kind("Acme", "Ada", &mut |_, content| plain.push(content));
            let mut plain = plain.into_iter();
            let from = Originator { name: "P".into(), address: "platform@platform.example".parse().unwrap() };
            let to = ["ops@acme.example".parse().unwrap()];
            let count = |text: &str, part: &str| text.matches(part).count();
            every_kind(&name, &name, &mut |kind, content| {
                let expected = plain.next().unwrap();
                assert_eq!(content.subject, expected.subject, "{kind}");
                assert_eq!(count(&content.text, "\n"), count(&expected.text, "\n"), "{kind}: {}", content.text);
                assert_eq!(count(&content.text, "https://"), count(&expected.text, "https://"), "{kind}");
                for part in ["<", ">", "\"", "\n", "https://"] {
                    assert_eq!(count(&content.html, part), count(&expected.html, part), "{kind}: {part}");
                }
                let draft = Draft { from: &from, to: &to, content: &content, key: "k", thread: None, sent_at: at("2026-07-01T12:00:00Z") };
                assert!(draft.build().unwrap().to_mime().len() <= MAX_MESSAGE_BYTES, "{kind}");
            });
        }
    }
}
