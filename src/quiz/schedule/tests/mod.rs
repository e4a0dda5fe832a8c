mod days;
mod memory;
mod rests;
mod standing;
