//! How much of the same a test does. `make test` does what finds the mistakes that are made; `make soak` as much as the product
//! promises.

/// The second of two amounts in a long run, which `LONG_RUN=1` asks for; else the first.
#[must_use]
pub fn long_run<T>(usual: T, long: T) -> T {
    if std::env::var_os("LONG_RUN").is_some() { long } else { usual }
}
