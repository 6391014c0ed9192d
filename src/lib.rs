//! Placeholder until the rendering is wired.
