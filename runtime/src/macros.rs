//! The fields of a struct, or the details of all events, come in as one list; types that read and write
//! themselves go out. No procedural macro is needed, and little code is made.

mod details;
mod object;
mod setters;
