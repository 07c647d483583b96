//! The functions of `functions/meta`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_meta::endpoints()).serve()
}
