//! The functions of `functions/alerts`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().endpoints(functions_alerts::endpoints()).secrets().queues().serve()
}
