//! Decks for other programs, and from them; every way tells what is lost on it.
