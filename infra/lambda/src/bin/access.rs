//! The functions of `functions/access`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_access::endpoints()).serve()
}
