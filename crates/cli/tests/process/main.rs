//! The whole command as a script sees it, in home folders with small lists of our own making.

mod home;
mod lists;
mod screen;
