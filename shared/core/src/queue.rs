//! The queues.

/// Where messages wait for a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Queue {
    /// Accounts to sync.
    Sync,
    /// Accounts to evaluate.
    Evaluate,
    /// Webhooks to send. Apart from mail: receivers may hang.
    Webhook,
    /// Alerts to mail.
    AlertMail,
    /// Mails about accounts to send.
    Mail,
    /// What open pages are to be told.
    Live,
    /// Exports of audit trails to write.
    Export,
}

impl Queue {
    /// Every queue.
    pub const ALL: &[Queue] =
        &[Queue::Sync, Queue::Evaluate, Queue::Webhook, Queue::AlertMail, Queue::Mail, Queue::Live, Queue::Export];

    /// Its name, in logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Queue::Sync => "sync",
            Queue::Evaluate => "evaluate",
            Queue::Webhook => "webhook",
            Queue::AlertMail => "alert-mail",
            Queue::Mail => "mail",
            Queue::Live => "live",
            Queue::Export => "export",
        }
    }

    /// The environment variable that tells a Lambda function its address.
    pub const fn variable(self) -> &'static str {
        match self {
            Queue::Sync => "SYNC_QUEUE_URL",
            Queue::Evaluate => "EVALUATE_QUEUE_URL",
            Queue::Webhook => "WEBHOOK_QUEUE_URL",
            Queue::AlertMail => "ALERT_MAIL_QUEUE_URL",
            Queue::Mail => "MAIL_QUEUE_URL",
            Queue::Live => "LIVE_QUEUE_URL",
            Queue::Export => "EXPORT_QUEUE_URL",
        }
    }
}
