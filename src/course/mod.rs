//! CONTENT: lessons and decks: model, loader, lint, diagnostics with file:line:column.
