//! What leaves the platform, and where it may go.
//!
//! A [`notice::Notice`] is one step of one alert; [`webhook`] tells it to machines,
//! [`email`] and [`chat`] to people, [`service`] to whom teams have set up to be called. [`retry`] says when to try again,
//! and [`guard`] decides which addresses may be connected to at all.

pub mod chat;
pub mod email;
pub mod guard;
pub mod message;
pub mod notice;
pub mod retry;
pub mod service;
mod telling;
pub mod trial;
pub mod webhook;

#[cfg(test)]
mod recorded;
