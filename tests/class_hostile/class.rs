//! A class: a folder of what was handed in, and a roster whose students are called `Student 001`, `Student 002`.

use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// One student, and whatever they handed in.
pub struct Class {
    folder: TempDir,
    /// `Student 001`, with the place in the list of what was handed in.
    pub students: Vec<String>,
}

impl Class {
    pub fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("bundles")).unwrap();
        Class {
            folder,
            students: Vec::new(),
        }
    }

    /// The folder to run in.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// One more student, who handed in a file with this in it; gives the name.
    pub fn hand_in(&mut self, bytes: &[u8]) -> String {
        let (name, path) = self.next();
        fs::write(path, bytes).unwrap();
        name
    }

    /// One more student, and where their file has to be.
    pub fn next(&mut self) -> (String, PathBuf) {
        let number = self.students.len() + 1;
        let name = format!("Student {number:03}");
        self.students.push(name.clone());
        let path = self.path().join(format!("bundles/s{number:03}.json"));
        (name, path)
    }

    /// Writes the roster.
    pub fn enrol(&self) {
        let rows: String = (1..)
            .zip(&self.students)
            .map(|(number, name)| format!("{name},s{number:03}\n"))
            .collect();
        let roster = format!("student,id\n{rows}");
        fs::write(self.path().join("roster.csv"), roster).unwrap();
    }
}
