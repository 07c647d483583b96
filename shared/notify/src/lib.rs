//! What leaves the platform, and where it may go.
//!
//! A [`notice::Notice`] is one step of one alert; [`webhook`] tells it to machines,
//! [`email`] and [`chat`] to people. [`retry`] says when to try again,
//! and [`guard`] decides which addresses may be connected to at all.

pub mod chat;
pub mod email;
pub mod guard;
pub mod notice;
pub mod retry;
mod telling;
pub mod trial;
pub mod webhook;
