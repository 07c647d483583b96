//! The functions of `functions/tokens`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_tokens::endpoints()).serve()
}
