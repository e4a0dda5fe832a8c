mod choice;
mod embedded;
mod order;
mod properties;
