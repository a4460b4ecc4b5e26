//! Clean-up that does not change what a name says.
