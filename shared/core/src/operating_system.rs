//! Operating systems that NetBird's clients run on.

use crate::named;

named! {
    /// A family of operating systems.
    pub enum OperatingSystem {
        /// Linux, whichever the distribution.
        Linux = "linux",
        /// Windows.
        Windows = "windows",
        /// macOS.
        MacOs = "macos",
        /// iOS and iPadOS.
        Ios = "ios",
        /// Android.
        Android = "android",
        /// FreeBSD and its kin.
        Bsd = "bsd",
    }
}

impl OperatingSystem {
    /// The family of a system as a client names it, such as `Ubuntu 24.04`. It is told by the first word; distributions of Linux go
    /// by their own. None if the client names none.
    pub fn of(system: &str) -> Option<Self> {
        Some(match system.split(' ').next().unwrap_or_default() {
            "" => return None,
            "Windows" => Self::Windows,
            "Darwin" | "macOS" => Self::MacOs,
            "iOS" | "iPadOS" => Self::Ios,
            "FreeBSD" | "OpenBSD" | "NetBSD" | "DragonFly" => Self::Bsd,
            "Android" => Self::Android,
            _ => Self::Linux,
        })
    }

    /// As its makers write it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::Windows => "Windows",
            Self::MacOs => "macOS",
            Self::Ios => "iOS",
            Self::Android => "Android",
            Self::Bsd => "BSD",
        }
    }
}
