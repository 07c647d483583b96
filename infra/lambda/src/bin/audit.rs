//! The functions of `functions/audit`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new()
        .endpoints(functions_audit::endpoints())
        .jobs(functions_audit::jobs())
        .queues()
        .files()
        .serve()
}
