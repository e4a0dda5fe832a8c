mod choice;
mod order;
mod properties;
