//! The folder with the browser's files: scripts, style and images.
//!
//! It is found by where the binary is, so a copied binary needs no variable: `site` beside it, or, in a checkout,
//! `target/site` beside the folder of the build.

use crate::config::Config;
use std::{
    env, io,
    path::{Path, PathBuf},
};

/// Where the browser's files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The folder with `pkg` in it.
    pub root: PathBuf,
    /// Whether the names of the files carry a hash of their content, listed in `hash.txt` beside the binary.
    pub hashed: bool,
}

/// Why there are none.
#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    /// The operating system does not tell where the binary is.
    #[error("the folder of the binary is unknown; name the folder with the browser's files in site_dir")]
    Lost(#[source] io::Error),
    /// There is no such folder.
    #[error(
        "the browser's files are missing: none of {} has a folder pkg; build them with `make build`, copy the \
        folder site together with the binary, or name it in site_dir",
        list(tried)
    )]
    Missing {
        /// Where they were looked for.
        tried: Vec<PathBuf>,
    },
}

impl Site {
    /// Finds the files for this binary.
    ///
    /// # Errors
    ///
    /// A [`SiteError`]: pages without their files would look broken and be dead.
    pub fn find(config: &Config) -> Result<Self, SiteError> {
        let binary = env::current_exe()
            .and_then(|path| path.canonicalize())
            .map_err(SiteError::Lost)?;
        let folder = binary.parent().unwrap_or(Path::new("/"));
        Self::beside(folder, config.site_dir.as_deref())
    }

    fn beside(folder: &Path, configured: Option<&Path>) -> Result<Self, SiteError> {
        let tried = match configured {
            Some(root) => vec![root.to_owned()],
            None => std::iter::once(folder)
                .chain(folder.parent())
                .map(|place| place.join("site"))
                .collect(),
        };
        match tried.iter().find(|root| root.join("pkg").is_dir()) {
            Some(root) => Ok(Self {
                root: root.clone(),
                hashed: folder.join("hash.txt").is_file(),
            }),
            None => Err(SiteError::Missing { tried }),
        }
    }
}

fn list(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_nearest_folder_with_the_files_is_taken() {
        let checkout = tempfile::tempdir().unwrap();
        let release = checkout.path().join("release");
        fs::create_dir_all(checkout.path().join("site/pkg")).unwrap();
        fs::create_dir_all(&release).unwrap();
        let site = Site::beside(&release, None).unwrap();
        assert_eq!(
            site,
            Site {
                root: checkout.path().join("site"),
                hashed: false
            }
        );

        fs::create_dir_all(release.join("site/pkg")).unwrap();
        fs::write(release.join("hash.txt"), "js: 1").unwrap();
        let site = Site::beside(&release, None).unwrap();
        assert_eq!(
            site,
            Site {
                root: release.join("site"),
                hashed: true
            }
        );
    }

    #[test]
    fn a_configured_folder_is_the_only_one() {
        let checkout = tempfile::tempdir().unwrap();
        fs::create_dir_all(checkout.path().join("site/pkg")).unwrap();
        let refusal = Site::beside(checkout.path(), Some(Path::new("/nonexistent")))
            .unwrap_err()
            .to_string();
        assert!(refusal.contains("none of /nonexistent has"), "{refusal}");
        assert!(refusal.contains("make build"), "{refusal}");
    }
}
