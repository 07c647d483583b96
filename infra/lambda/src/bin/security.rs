//! The functions of `functions/security`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_security::endpoints()).secrets().serve()
}
