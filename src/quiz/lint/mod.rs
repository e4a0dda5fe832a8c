//! What an author of questions should look at: rules that go beyond what a deck needs to load.
