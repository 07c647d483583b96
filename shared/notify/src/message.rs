//! What is to be said, whoever hears it.

use crate::notice::Notice;
use crate::telling::Telling;
use crate::trial::Trial;

/// What is to be said.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// One step of an alert.
    Step(Notice<'a>),
    /// That messages arrive.
    Trial(Trial<'a>),
}

impl From<Message<'_>> for Telling {
    fn from(message: Message<'_>) -> Self {
        match message {
            Message::Step(notice) => notice.into(),
            Message::Trial(trial) => trial.into(),
        }
    }
}
