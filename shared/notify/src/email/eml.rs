//! Mail into a folder, for installs without a mail server: every message is an `.eml` file that mail clients open.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use mail_parser::MessageParser;

use super::{Accepted, EmailMessage, EmailTransport, SendError, Sending, hash};

const EXTENSION: &str = "eml";

/// Writes messages into a folder.
#[derive(Debug, Clone)]
pub struct FileTransport {
    folder: PathBuf,
}

/// A message in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEmail {
    /// The file's name; names sort by time.
    pub name: String,
    /// When it was sent.
    pub sent_at: Option<Timestamp>,
    /// Who gets it.
    pub to: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// Its text part.
    pub text: String,
    /// Its HTML part, as it came: to be shown in a sandbox only.
    pub html: String,
}

impl FileTransport {
    /// Uses the folder, and makes it if it is not there.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// The newest messages first, at most `limit`. Files that are not mail are passed over.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn list(&self, limit: usize) -> io::Result<Vec<StoredEmail>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            if Path::new(&name).extension().is_some_and(|extension| extension == EXTENSION) {
                names.extend(name.into_string());
            }
        }
        names.sort_unstable_by(|a, b| b.cmp(a));
        Ok(names.into_iter().filter_map(|name| self.read(name)).take(limit).collect())
    }

    fn read(&self, name: String) -> Option<StoredEmail> {
        let mime = fs::read(self.folder.join(&name)).ok()?;
        let message = MessageParser::new().parse(&mime)?;
        let to = message.to()?.iter().filter_map(|to| to.address().map(str::to_owned)).collect();
        Some(StoredEmail {
            name,
            sent_at: message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()),
            to,
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: message.body_html(0).unwrap_or_default().into_owned(),
        })
    }
}

impl EmailTransport for FileTransport {
    fn send<'a>(&'a self, message: &'a EmailMessage) -> Sending<'a> {
        let time = message.sent_at().strftime("%Y%m%dT%H%M%S.%3fZ");
        let name = format!("{time}-{}", hash(&[message.message_id()]));
        let path = self.folder.join(&name).with_added_extension(EXTENSION);
        let mime = message.to_mime();
        Box::pin(async move {
            let written = tokio::task::spawn_blocking(move || write_whole(&path, &mime)).await;
            match written {
                Ok(Ok(())) => Ok(Accepted { id: Some(name) }),
                Ok(Err(error)) => {
                    Err(SendError { retryable: true, reason: format!("the message could not be written: {error}") })
                }
                Err(error) => {
                    Err(SendError { retryable: true, reason: format!("writing the message broke off: {error}") })
                }
            }
        })
    }
}

/// Writes a file that is either there in full, and stays, or is not there.
fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let unfinished = path.with_added_extension("part");
    let mut file = File::create(&unfinished)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::email::tests::{message, noon};

    #[tokio::test]
    async fn messages_are_listed_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let mails = FileTransport::open(folder.path().join("mail")).unwrap();
        let later = noon() + SignedDuration::from_millis(1_500);
        mails.send(&message("Zweite — HQ", "b", later)).await.unwrap();
        mails.send(&message("Erste — HQ", "a", noon())).await.unwrap();
        fs::write(folder.path().join("mail/notes.txt"), "x").unwrap();
        fs::write(folder.path().join("mail/9.eml.part"), "x").unwrap();

        let listed = mails.list(10).unwrap();

        let subjects: Vec<&str> = listed.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects, ["Zweite — HQ", "Erste — HQ"]);
        assert!(listed[1].name.starts_with("20260701T120002.000Z-"), "{}", listed[1].name);
        assert_eq!(listed[1].sent_at, Some(noon()));
        assert_eq!(listed[1].to, ["ops@acme.example", "ada@acme.example"]);
        assert_eq!((listed[1].text.trim_end(), listed[1].html.as_str()), ("Grüße", "<p>Grüße</p>"));
        assert_eq!(mails.list(1).unwrap(), listed[..1]);
    }

    #[tokio::test]
    async fn a_folder_that_is_gone_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let mails = FileTransport::open(folder.path().join("mail")).unwrap();
        fs::remove_dir(folder.path().join("mail")).unwrap();

        let error = mails.send(&message("x", "a", noon())).await.unwrap_err();

        assert!(error.retryable);
        assert!(mails.list(1).is_err());
    }
}
