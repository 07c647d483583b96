//! The functions of `functions/dashboard`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_dashboard::endpoints()).serve()
}
