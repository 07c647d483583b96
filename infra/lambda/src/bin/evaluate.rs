//! The functions of `functions/evaluate`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().jobs(functions_evaluate::jobs()).queues().serve()
}
