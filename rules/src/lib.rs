#![doc = include_str!("../README.md")]

pub mod bytes;
mod reading;

pub use reading::{Kind, LeftOut, Reading, Rule, Settings, read};
