//! Whether an ID token is genuine, meant for this platform and this sign-in, and good now (OpenID Connect Core,
//! section 3.1.3.7).

use jiff::Timestamp;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, Validation, decode, decode_header};
use platform_core::sso::CLOCK_SKEW;
use serde_json::Value;

use crate::browser::same;

/// Signatures that are taken. None by a shared secret: whoever knows the client's could make them, and where a public
/// key passes for one, anybody.
pub(crate) const ALGORITHMS: &[Algorithm] = &[
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];
/// OpenID Connect's limit.
const MAX_SUBJECT: usize = 255;

/// What the token must say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) now: Timestamp,
}

/// Why a token was refused, in words for the person who set the provider up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    #[error("the ID token is not signed with RSA, ECDSA or Ed25519")]
    Algorithm,
    #[error("the ID token's key is not among the provider's")]
    Key,
    #[error("the ID token's signature is wrong")]
    Signature,
    #[error("the ID token comes from another issuer")]
    Issuer,
    #[error("the ID token is meant for another client")]
    Audience,
    #[error("the ID token has expired, or the provider's clock is wrong")]
    Time,
    #[error("the ID token belongs to another sign-in")]
    Nonce,
    #[error("the ID token names nobody")]
    Subject,
}

/// The claims of a token that is all it should be.
pub(crate) fn verify(token: &str, keys: &[Jwk], expected: Expected<'_>) -> Result<Value, Refused> {
    let claims = signed_claims(token, keys)?;
    check(&claims, expected)?;
    Ok(claims)
}

fn signed_claims(token: &str, keys: &[Jwk]) -> Result<Value, Refused> {
    let header = decode_header(token).map_err(|_| Refused::Algorithm)?;
    // What a token calls critical must be understood, and nothing of that kind is.
    if !ALGORITHMS.contains(&header.alg) || header.crit.is_some() {
        return Err(Refused::Algorithm);
    }
    let is_named = |key: &Jwk| header.kid.is_none() || key.common.key_id == header.kid;
    let fitting: Vec<&Jwk> = keys.iter().filter(|key| is_named(key) && fits(key, header.alg)).collect();
    // Without a name there must be no choice.
    if fitting.is_empty() || (header.kid.is_none() && fitting.len() > 1) {
        return Err(Refused::Key);
    }
    let mut rules = Validation::new(header.alg);
    // The claims are checked below: strictly, and against the platform's clock.
    rules.required_spec_claims.clear();
    rules.validate_exp = false;
    rules.validate_aud = false;
    let mut verified = fitting.into_iter().filter_map(|key| {
        let key = DecodingKey::from_jwk(key).ok()?;
        Some(decode::<Value>(token, &key, &rules).ok()?.claims)
    });
    verified.next().ok_or(Refused::Signature)
}

/// Whether a key may have made a signature of this kind.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let kind = match &key.algorithm {
        AlgorithmParameters::RSA(_) => algorithm.family() == AlgorithmFamily::Rsa,
        AlgorithmParameters::EllipticCurve(key) => match key.curve {
            EllipticCurve::P256 => algorithm == Algorithm::ES256,
            EllipticCurve::P384 => algorithm == Algorithm::ES384,
            _ => false,
        },
        AlgorithmParameters::OctetKeyPair(key) => key.curve == EllipticCurve::Ed25519 && algorithm == Algorithm::EdDSA,
        _ => false,
    };
    let common = &key.common;
    kind && common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature)
        && common.key_operations.as_ref().is_none_or(|operations| operations.contains(&KeyOperations::Verify))
        && common.key_algorithm.is_none_or(|stated| stated == KeyAlgorithm::from(algorithm))
}

fn check(claims: &Value, expected: Expected<'_>) -> Result<(), Refused> {
    let text = |name: &str| claims[name].as_str();
    let ensure = |ok: bool, refused| if ok { Ok(()) } else { Err(refused) };
    ensure(text("iss") == Some(expected.issuer), Refused::Issuer)?;

    let audiences: Vec<Option<&str>> = match &claims["aud"] {
        Value::Array(several) => several.iter().map(Value::as_str).collect(),
        one => vec![one.as_str()],
    };
    ensure(audiences.contains(&Some(expected.client_id)), Refused::Audience)?;
    // With others beside it, the token must say that it was made for this client.
    let is_for_us = match &claims["azp"] {
        Value::Null => audiences.len() == 1,
        party => party.as_str() == Some(expected.client_id),
    };
    ensure(is_for_us, Refused::Audience)?;

    let (now, skew) = (expected.now.as_second(), CLOCK_SKEW.as_secs());
    let moment = |name: &str| match &claims[name] {
        Value::Null => Ok(None),
        // Some providers write fractions.
        value => value.as_f64().map(|seconds| Some(seconds as i64)).ok_or(Refused::Time),
    };
    ensure(moment("exp")?.is_some_and(|expires| now < expires.saturating_add(skew)), Refused::Time)?;
    ensure(moment("iat")?.is_some_and(|issued| issued <= now.saturating_add(skew)), Refused::Time)?;
    ensure(moment("nbf")?.is_none_or(|begins| begins <= now.saturating_add(skew)), Refused::Time)?;

    ensure(text("nonce").is_some_and(|nonce| same(nonce, expected.nonce)), Refused::Nonce)?;
    ensure(text("sub").is_some_and(|sub| (1..=MAX_SUBJECT).contains(&sub.len())), Refused::Subject)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: i64 = 1_772_442_000;

    fn refusal(change: &Value) -> Option<Refused> {
        let mut claims = json!({
            "iss": "https://id.example", "aud": "platform", "sub": "ada", "nonce": "n-1", "exp": NOW + 300, "iat": NOW,
        });
        claims.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let expected = Expected {
            issuer: "https://id.example",
            client_id: "platform",
            nonce: "n-1",
            now: Timestamp::from_second(NOW).unwrap(),
        };
        check(&claims, expected).err()
    }

    #[test]
    fn claims_that_are_as_they_should_be() {
        for change in [
            json!({}),
            json!({ "aud": ["platform"] }),
            json!({ "aud": ["platform", "account"], "azp": "platform" }),
            json!({ "azp": "platform" }),
            json!({ "exp": NOW - 59, "iat": NOW + 60, "nbf": NOW + 60 }),
            json!({ "exp": NOW as f64 + 0.5 }),
        ] {
            assert_eq!(refusal(&change), None, "{change}");
        }
    }

    #[test]
    fn claims_that_are_not() {
        for (change, why) in [
            (json!({ "iss": "https://id.example/" }), Refused::Issuer),
            (json!({ "iss": ["https://id.example"] }), Refused::Issuer),
            (json!({ "iss": null }), Refused::Issuer),
            (json!({ "aud": "other" }), Refused::Audience),
            (json!({ "aud": [] }), Refused::Audience),
            (json!({ "aud": null }), Refused::Audience),
            (json!({ "aud": ["platform", "other"] }), Refused::Audience),
            (json!({ "aud": ["platform", "other"], "azp": "other" }), Refused::Audience),
            (json!({ "azp": "other" }), Refused::Audience),
            (json!({ "azp": 7 }), Refused::Audience),
            (json!({ "exp": NOW - 60 }), Refused::Time),
            (json!({ "exp": null }), Refused::Time),
            (json!({ "exp": "tomorrow" }), Refused::Time),
            (json!({ "exp": i64::MIN }), Refused::Time),
            (json!({ "iat": NOW + 61 }), Refused::Time),
            (json!({ "iat": null }), Refused::Time),
            (json!({ "nbf": NOW + 61 }), Refused::Time),
            (json!({ "nonce": "n-2" }), Refused::Nonce),
            (json!({ "nonce": null }), Refused::Nonce),
            (json!({ "sub": "" }), Refused::Subject),
            (json!({ "sub": 7 }), Refused::Subject),
            (json!({ "sub": "s".repeat(256) }), Refused::Subject),
        ] {
            assert_eq!(refusal(&change), Some(why), "{change}");
        }
    }

    #[test]
    fn a_key_fits_what_it_is_for() {
        let fits = |key: Value, algorithm| super::fits(&serde_json::from_value(key).unwrap(), algorithm);
        let rsa = json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB" });
        assert!(fits(rsa.clone(), Algorithm::RS256) && fits(rsa.clone(), Algorithm::PS512));
        assert!(!fits(rsa.clone(), Algorithm::ES256) && !fits(rsa, Algorithm::HS256));
        assert!(fits(
            json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "use": "sig", "alg": "RS256" }),
            Algorithm::RS256
        ));
        for other in [
            json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "use": "enc" }),
            json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "RS512" }),
            json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "alg": "RSA-OAEP" }),
            json!({ "kty": "RSA", "n": "AQAB", "e": "AQAB", "key_ops": ["encrypt"] }),
            json!({ "kty": "oct", "k": "AQAB" }),
            json!({ "kty": "EC", "crv": "secp256k1", "x": "AQAB", "y": "AQAB" }),
        ] {
            assert!(!fits(other.clone(), Algorithm::RS256), "{other}");
        }
        let curve = |name: &str| json!({ "kty": "EC", "crv": name, "x": "AQAB", "y": "AQAB" });
        assert!(fits(curve("P-256"), Algorithm::ES256) && fits(curve("P-384"), Algorithm::ES384));
        assert!(!fits(curve("P-256"), Algorithm::ES384) && !fits(curve("P-521"), Algorithm::ES256));
    }
}
