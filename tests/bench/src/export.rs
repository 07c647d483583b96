//! A long audit trail as a file: what writing it takes, and that its length takes no memory.

use std::sync::Arc;

use anyhow::{Context, Result, anyhow};
use functions_audit::write_export::{Pace, write};
use jiff::SignedDuration;
use platform_core::alert::Person;
use platform_core::audit::{Actor, AuditEntry};
use platform_core::audit_export::{AuditExport, AuditExportState, AuditFormat};
use platform_core::audit_filter::AuditFilter;
use platform_core::ids::{AuditExportId, AuditId};
use platform_local::files::Folder;
use platform_runtime::{Parts, Platform};
use serde_json::json;
use tokio::time::Instant;

use crate::installation::Installation;
use crate::report::{Budget, Table, number};
use crate::usage;

/// Entries of a transaction.
const AT_ONCE: usize = 100;
/// What the function has, less what it needs by itself.
const MEMORY: Budget = Budget(256.0);

/// Exports trails of so many entries, one behind the other in one tenant.
pub(crate) async fn measure(sizes: &[usize]) -> Result<Table> {
    let heads = ["Entries", "File, MB", "Took, s", "Entries a second", "Memory beside, MB", "Functions"];
    let mut table = Table::new("The audit trail as a file", &heads);
    let installation = Installation::new(10).await?;
    let files = tempfile::tempdir()?;
    let folder =
        Folder::new(files.path().to_owned(), installation.platform.clock.clone(), "http://localhost".parse()?)?;
    let parts: Parts = (*installation.platform).clone();
    let platform = Platform::new(Parts { files: Arc::new(folder), ..parts });
    let mut planted = 0;
    for size in sizes {
        plant(&platform, &installation, planted..*size).await?;
        planted = *size;
        let export = export(&platform, &installation);
        let mut transaction = platform.store.transaction();
        transaction.create_audit_export(&export)?;
        transaction.commit().await?;
        let before = usage::resident_megabytes(std::process::id())?;
        usage::forget_peak()?;
        let (began, mut functions) = (Instant::now(), 0);
        let written = loop {
            write(&platform, export.tenant, export.id, Pace::USUAL).await.map_err(|error| anyhow!("{error}"))?;
            functions += 1;
            let found = platform.store.audit_export(export.tenant, export.id).await?.context("it is gone")?;
            if !found.is_open() {
                break found;
            }
        };
        let took = began.elapsed().as_secs_f64();
        anyhow::ensure!(written.state == AuditExportState::Ready, "not written: {:?}", written.failure);
        table.row(vec![
            written.entries.to_string(),
            number(written.bytes as f64 / 1e6),
            number(took),
            number(written.entries as f64 / took),
            MEMORY.judge((usage::peak_megabytes()? - before).max(0.0)),
            functions.to_string(),
        ]);
    }
    table.note("From the embedded database into a folder; the process holds the database, too.".to_owned());
    Ok(table)
}

async fn plant(platform: &Platform, installation: &Installation, places: std::ops::Range<usize>) -> Result<()> {
    let owner = &installation.owner;
    let (begin, now) = (places.start, platform.clock.now());
    for some in places.collect::<Vec<_>>().chunks(AT_ONCE) {
        let mut transaction = platform.store.transaction();
        for place in some {
            // Since the tenant was made.
            let at = now + SignedDuration::from_micros(((place - begin) as i64) * 10);
            transaction.audit(&AuditEntry {
                id: AuditId::new(at, platform.entropy.as_ref()),
                tenant: owner.tenant,
                at,
                actor: Actor::new(owner.user, &owner.name),
                action: "rule.update".into(),
                resource_type: "rule".into(),
                resource_id: AuditId::new(at, platform.entropy.as_ref()).to_string(),
                old_values: Some(json!({ "name": format!("Servers {place}"), "severity": "high", "threshold": place })),
                new_values: Some(
                    json!({ "name": format!("Servers {place}"), "severity": "low", "threshold": place + 1 }),
                ),
            })?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

fn export(platform: &Platform, installation: &Installation) -> AuditExport {
    let (owner, now) = (&installation.owner, platform.clock.now() + SignedDuration::from_secs(60));
    AuditExport {
        id: AuditExportId::new(now, platform.entropy.as_ref()),
        tenant: owner.tenant,
        format: AuditFormat::Jsonl,
        filter: AuditFilter::default(),
        from: None,
        to: None,
        created_at: now,
        created_by: Person { id: owner.user, name: owner.name.clone() },
        state: AuditExportState::Queued,
        entries: 0,
        bytes: 0,
        sha256: None,
        finished_at: None,
        failure: None,
        due: now,
        ready_at: jiff::Timestamp::UNIX_EPOCH,
        tries: 0,
        written: None,
        version: 1,
    }
}
