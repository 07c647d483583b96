//! Settings as people enter them.

use std::collections::BTreeSet;

use platform_core::access::Role;
use platform_core::sso::{MAX_DOMAINS, MAX_MAPPINGS, RoleRule, Slug, is_domain};
use platform_core::validate::Problems;
use platform_http::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::view::{GivenRole, RoleMapping};

/// Sign-in by an identity provider, to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PutSso {
    /// Names the sign-in page, `/sso/{slug}`: 3 to 40 of a-z, 0-9 and -.
    #[schema(example = "acme")]
    slug: String,
    /// The provider's issuer, below which `/.well-known/openid-configuration` lies.
    #[schema(example = "https://id.acme.example", min_length = 1, max_length = 500)]
    issuer: String,
    #[schema(min_length = 1, max_length = 255)]
    client_id: String,
    /// Encrypted at rest and never shown again. If absent, the one that is kept stays; if empty, there is none and PKCE
    /// alone protects the exchange.
    #[schema(max_length = 500)]
    client_secret: Option<String>,
    /// Domains of email addresses that are let in, without their subdomains; any if empty.
    #[serde(default)]
    #[schema(example = json!(["acme.example"]), max_items = 50)]
    domains: Vec<String>,
    /// The claim that tells groups or roles: a name, or a path such as `realm_access.roles`.
    #[schema(example = "groups", max_length = 200)]
    role_claim: Option<String>,
    /// Which of its values give which role; of several, the largest counts. With a mapping, everybody's role but
    /// owners' follows the provider at each sign-in.
    #[serde(default)]
    role_mapping: Vec<RoleMapping>,
    /// The role of people whose values are not mapped; null if they are not to be let in.
    #[schema(value_type = Option<GivenRole>)]
    default_role: Option<String>,
    enabled: bool,
}

/// Settings that are sound.
pub(crate) struct Wanted {
    pub(crate) slug: Slug,
    pub(crate) issuer: String,
    pub(crate) client_id: String,
    pub(crate) secret: Option<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) role_claim: Option<String>,
    pub(crate) role_mapping: Vec<RoleRule>,
    pub(crate) default_role: Option<Role>,
    pub(crate) enabled: bool,
}

impl PutSso {
    /// Names everything that is wrong at once.
    pub(crate) fn check(self) -> Result<Wanted, Problem> {
        let mut problems = Problems::default();
        let slug = self.slug.parse::<Slug>().map_err(|error| problems.push("/slug", error.to_string())).ok();
        problems.text("/issuer", &self.issuer, 1, 500);
        problems.require(
            !self.issuer.contains(['?', '#']),
            "/issuer",
            "must be an address without a query (?) or fragment (#)",
        );
        problems.text("/clientId", &self.client_id, 1, 255);
        if let Some(secret) = &self.client_secret {
            problems.text("/clientSecret", secret, 0, 500);
        }
        let domains = check_domains(&mut problems, &self.domains);
        let role_claim = self.role_claim.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        if let Some(name) = &role_claim {
            problems.text("/roleClaim", name, 1, 200);
        }
        problems.require(role_claim.is_some() || self.role_mapping.is_empty(), "/roleClaim", "is needed for a mapping");
        let role_mapping = check_mapping(&mut problems, &self.role_mapping);
        let default_role = self.default_role.and_then(|text| role(&mut problems, "/defaultRole", &text));
        problems.finish().map_err(Problem::validation)?;
        Ok(Wanted {
            slug: slug.ok_or_else(|| Problem::internal("a slug that is none was found sound"))?,
            issuer: self.issuer.trim().to_owned(),
            client_id: self.client_id.trim().to_owned(),
            secret: self.client_secret.map(|secret| secret.trim().to_owned()),
            domains,
            role_claim,
            role_mapping,
            default_role,
            enabled: self.enabled,
        })
    }
}

fn check_domains(problems: &mut Problems, domains: &[String]) -> Vec<String> {
    problems.require(domains.len() <= MAX_DOMAINS, "/domains", format!("may hold at most {MAX_DOMAINS}"));
    let mut sound = BTreeSet::new();
    for (index, domain) in domains.iter().take(MAX_DOMAINS).enumerate() {
        let domain = domain.trim().to_ascii_lowercase();
        problems.require(is_domain(&domain), &format!("/domains/{index}"), "must be a domain such as example.com");
        sound.insert(domain);
    }
    sound.into_iter().collect()
}

fn check_mapping(problems: &mut Problems, mapping: &[RoleMapping]) -> Vec<RoleRule> {
    problems.require(mapping.len() <= MAX_MAPPINGS, "/roleMapping", format!("may hold at most {MAX_MAPPINGS}"));
    let (mut sound, mut seen) = (Vec::new(), BTreeSet::new());
    for (index, rule) in mapping.iter().take(MAX_MAPPINGS).enumerate() {
        let pointer = format!("/roleMapping/{index}");
        problems.text(&format!("{pointer}/value"), &rule.value, 1, 200);
        problems.require(seen.insert(&rule.value), &format!("{pointer}/value"), "is mapped twice");
        if let Some(role) = role(problems, &format!("{pointer}/role"), &rule.role) {
            sound.push(RoleRule { value: rule.value.clone(), role });
        }
    }
    sound
}

/// A role that a provider may give.
fn role(problems: &mut Problems, pointer: &str, text: &str) -> Option<Role> {
    match text.parse::<Role>() {
        Ok(Role::Owner) => {
            problems.push(pointer, "must not be owner: owners are made by owners");
            None
        }
        Ok(role) => Some(role),
        Err(error) => {
            problems.push(pointer, error.to_string());
            None
        }
    }
}
