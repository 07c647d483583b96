//! The functions of `functions/auth`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_auth::endpoints()).secrets().issuer().serve()
}
