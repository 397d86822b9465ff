//! Asks the operator for a new password.

use model::Secret;
use std::io::{self, BufRead, IsTerminal};

/// Why there is no password.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Nothing could be read.
    #[error("the password cannot be read")]
    Unreadable(#[from] io::Error),
    /// The two passwords that were typed differ.
    #[error("the two passwords differ; nothing has been changed")]
    Different,
    /// The password is not good enough.
    #[error("{0} Nothing has been changed")]
    Refused(String),
}

/// Reads a new password: twice and unseen from a terminal, or else the first line of standard input.
///
/// # Errors
///
/// A [`PasswordError`]; a password that breaks the rules is refused here already.
pub fn read(user: &str) -> Result<Secret<String>, PasswordError> {
    let password = if io::stdin().is_terminal() {
        let first = rpassword::prompt_password(format!("New password for {user}: "))?;
        if rpassword::prompt_password("The same again: ")? != first {
            return Err(PasswordError::Different);
        }
        first
    } else {
        first_line(io::stdin().lock())?
    };
    model::check_password(&password, user).map_err(PasswordError::Refused)?;
    Ok(Secret::new(password))
}

fn first_line(mut input: impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_the_line_is_cut_off() {
        assert_eq!(
            first_line(" spaces are kept \r\nnot this".as_bytes()).unwrap(),
            " spaces are kept "
        );
        assert_eq!(first_line("no line end".as_bytes()).unwrap(), "no line end");
    }
}
