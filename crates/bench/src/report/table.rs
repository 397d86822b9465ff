//! A Markdown table that is also legible as text.

use std::fmt;

/// Rows under a head; the first column is text, the others stand to the right.
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub fn new(head: &[&str]) -> Self {
        Self {
            head: head.iter().map(ToString::to_string).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    fn widths(&self) -> Vec<usize> {
        let width = |column: usize| {
            let cells = std::iter::once(&self.head).chain(&self.rows);
            cells
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
        };
        (0..self.head.len())
            .map(|column| width(column).unwrap_or(0).max(3))
            .collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths = self.widths();
        let line = |f: &mut fmt::Formatter<'_>, row: &[String]| {
            for (column, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                if column == 0 {
                    write!(f, "| {cell:<width$} ")?;
                } else {
                    write!(f, "| {cell:>width$} ")?;
                }
            }
            f.write_str("|")
        };
        line(f, &self.head)?;
        f.write_str("\n")?;
        for (column, width) in widths.iter().enumerate() {
            let dashes = "-".repeat(width + 1);
            f.write_str(&if column == 0 {
                format!("|{dashes}-")
            } else {
                format!("|{dashes}:")
            })?;
        }
        f.write_str("|")?;
        for row in &self.rows {
            f.write_str("\n")?;
            line(f, row)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["what", "ms"]);
        table.push(vec!["по-перше".to_owned(), "1.25".to_owned()]);
        let expected = "| what     |   ms |\n|----------|-----:|\n| по-перше | 1.25 |";
        assert_eq!(table.to_string(), expected);
    }
}
