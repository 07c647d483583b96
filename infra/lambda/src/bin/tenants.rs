//! The functions of `functions/tenants`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new()
        .endpoints(functions_tenants::endpoints())
        .jobs(functions_tenants::jobs())
        .secrets()
        .files()
        .serve()
}
