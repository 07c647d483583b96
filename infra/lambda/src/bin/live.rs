//! The functions of `functions/live`.

fn main() -> Result<(), platform_lambda::Error> {
    platform_lambda::Artifact::new().jobs(functions_live::jobs()).queues().sockets().serve()
}
