//! Quiet hours of a channel, as people enter them and as the API shows them.

use platform_core::quiet_hours::{QuietHours, QuietWindow};
use platform_core::rule::Severity;
use platform_core::silence::Weekday;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When a channel is quiet. What is told then waits until the hours end: then one message tells how it is, unless it is over.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = QuietHours)]
pub(crate) struct QuietHoursBody {
    /// The place whose clocks count, by its IANA name.
    #[schema(example = "Europe/Berlin", max_length = 64)]
    time_zone: String,
    /// They must leave a time of the week in which the channel tells.
    #[schema(min_items = 1, max_items = 10)]
    windows: Vec<QuietWindowBody>,
    /// Alerts as bad as one of these are told all the same.
    #[serde(default = "critical")]
    #[schema(default = json!(["critical"]))]
    except_severities: Vec<Severity>,
}

/// A window of each week. It begins when the clocks show `from`, and ends when they next show `to`: after a whole day if that is
/// the same time. Where the clocks skip a time, it is as much later as they are put forward; where they show it twice, the first
/// one counts.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuietWindow)]
struct QuietWindowBody {
    /// On which days it begins.
    #[schema(min_items = 1, max_items = 7)]
    weekdays: Vec<Weekday>,
    #[schema(example = "22:00", min_length = 5, max_length = 5)]
    from: String,
    #[schema(example = "07:00", min_length = 5, max_length = 5)]
    to: String,
}

fn critical() -> Vec<Severity> {
    vec![Severity::Critical]
}

impl From<QuietHoursBody> for QuietHours {
    fn from(body: QuietHoursBody) -> Self {
        let window = |QuietWindowBody { weekdays, from, to }: QuietWindowBody| QuietWindow { weekdays, from, to };
        let hours = Self {
            time_zone: body.time_zone,
            windows: body.windows.into_iter().map(window).collect(),
            except_severities: body.except_severities.into_iter().collect(),
        };
        hours.tidied()
    }
}

impl From<QuietHours> for QuietHoursBody {
    fn from(hours: QuietHours) -> Self {
        let window = |QuietWindow { weekdays, from, to }: QuietWindow| QuietWindowBody { weekdays, from, to };
        Self {
            time_zone: hours.time_zone,
            windows: hours.windows.into_iter().map(window).collect(),
            except_severities: hours.except_severities.into_iter().collect(),
        }
    }
}
