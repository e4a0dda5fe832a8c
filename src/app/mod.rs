//! One file per command: wires the rest together.
