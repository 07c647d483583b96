//! The functions of `functions/sso`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_sso::endpoints()).secrets().issuer().serve()
}
