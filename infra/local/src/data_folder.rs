//! The data folder: this process's alone, and nobody else's to read.

use std::fs::{self, DirBuilder, File, Metadata, Permissions, TryLockError};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use rustix::fs::Mode;
use rustix::process::{geteuid, umask};

/// What is made from now on is for the user of this process only.
pub fn keep_to_ourselves() {
    umask(Mode::from_raw_mode(0o077));
}

/// Makes the data folder, takes it for this process alone, and sees to it that nobody else reads what is in it: the
/// database holds password hashes and sealed secrets, mail holds links.
pub fn own(folder: &Path) -> Result<File> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("DATA_DIR {} cannot be made", folder.display()))?;
    let tightened = tighten(folder, true)?;
    if tightened > 0 {
        tracing::warn!(tightened, "others could read files of DATA_DIR; from now on they cannot");
    }
    let file = File::create(folder.join("lock"))
        .with_context(|| format!("DATA_DIR {} cannot be written", folder.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("DATA_DIR {} is in use by another process of this platform", folder.display())
        }
        Err(TryLockError::Error(error)) => {
            Err(error).with_context(|| format!("DATA_DIR {} cannot be locked", folder.display()))
        }
    }
}

/// Takes everybody else's rights away, from the folder and what is in it; returns from how many they were taken.
fn tighten(path: &Path, is_top: bool) -> Result<usize> {
    let unreadable = || format!("DATA_DIR: {} cannot be looked at", path.display());
    // The folder itself may be reached by a link; what is in it may not lead elsewhere.
    let found: Metadata =
        if is_top { fs::metadata(path) } else { fs::symlink_metadata(path) }.with_context(unreadable)?;
    if found.is_symlink() {
        return Ok(0);
    }
    let us = geteuid().as_raw();
    ensure!(
        found.uid() == us,
        "DATA_DIR: {} belongs to another user (id {}, while the platform runs as {us}): run chown on it",
        path.display(),
        found.uid()
    );
    let mut tightened = 0;
    if found.mode() & 0o077 != 0 {
        let mode = if found.is_dir() { 0o700 } else { 0o600 };
        let set = fs::set_permissions(path, Permissions::from_mode(mode));
        set.with_context(|| {
            let mode_now = found.mode() & 0o777;
            format!("DATA_DIR: others may read {} (mode {mode_now:o}), and that cannot be changed", path.display())
        })?;
        tightened += 1;
    }
    if found.is_dir() {
        for entry in fs::read_dir(path).with_context(unreadable)? {
            tightened += tighten(&entry.with_context(unreadable)?.path(), false)?;
        }
    }
    Ok(tightened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_else_reads_what_is_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("mail")).unwrap();
        for name in ["platform.db", "platform.db-wal", "secrets.json", "mail/1.eml"] {
            fs::write(path(name), "x").unwrap();
            fs::set_permissions(path(name), Permissions::from_mode(0o644)).unwrap();
        }
        for name in ["", "mail"] {
            fs::set_permissions(path(name), Permissions::from_mode(0o755)).unwrap();
        }
        let elsewhere = tempfile::NamedTempFile::new().unwrap();
        fs::set_permissions(elsewhere.path(), Permissions::from_mode(0o644)).unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), path("link")).unwrap();

        assert_eq!(tighten(folder.path(), true).unwrap(), 6);
        let mode = |path: &Path| fs::metadata(path).unwrap().mode() & 0o777;
        assert_eq!([mode(folder.path()), mode(&path("mail"))], [0o700; 2]);
        assert_eq!([mode(&path("platform.db")), mode(&path("mail/1.eml"))], [0o600; 2]);
        assert_eq!(mode(elsewhere.path()), 0o644, "what a link leads to is not ours to change");
        assert_eq!(tighten(folder.path(), true).unwrap(), 0);
    }
}
