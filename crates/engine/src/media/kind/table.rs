//! How files of each kind begin, and what runs.

use super::{Kind, kind};

/// How files begin that are told by their first bytes alone.
pub(super) const MAGIC: &[(&[u8], Kind)] = &[
    (b"\xff\xd8\xff", kind("image/jpeg", &["jpg", "jpeg", "jpe", "jfif"])),
    (b"\x89PNG\r\n\x1a\n", kind("image/png", &["png"])),
    (b"GIF87a", kind("image/gif", &["gif"])),
    (b"GIF89a", kind("image/gif", &["gif"])),
    (b"II*\0", kind("image/tiff", &["tif", "tiff"])),
    (b"MM\0*", kind("image/tiff", &["tif", "tiff"])),
    (b"%PDF-", kind("application/pdf", &["pdf"])),
    (b"OggS", kind("audio/ogg", &["ogg", "oga", "opus", "ogv"])),
    (b"ID3", kind("audio/mpeg", &["mp3"])),
    (b"fLaC", kind("audio/flac", &["flac"])),
    (b"#!AMR", kind("audio/amr", &["amr"])),
    (b"FLV\x01", kind("video/x-flv", &["flv"])),
    (b"\x1f\x8b", kind("application/gzip", &["gz", "tgz", "tgs"])),
    (b"7z\xbc\xaf\x27\x1c", kind("application/x-7z-compressed", &["7z"])),
    (b"Rar!\x1a\x07", kind("application/vnd.rar", &["rar"])),
    (b"BZh", kind("application/x-bzip2", &["bz2"])),
    (b"\xfd7zXZ\0", kind("application/x-xz", &["xz"])),
    (b"PK\x05\x06", kind("application/zip", &["zip"])),
];

/// How programs begin: of Windows, Linux, macOS, Java and the web, packages that install them, and links that start them.
pub(super) const PROGRAMS: &[&[u8]] = &[
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"\0asm",
    b"dex\n",
    b"!<arch>\n",
    b"\xed\xab\xee\xdb",
    b"xar!",
    b"L\0\0\0\x01\x14\x02\0",
    b"#!/",
];

/// The extensions for which systems run a file, whatever is in it.
pub(super) const RUN_BY_NAME: &[&str] = &[
    "apk",
    "app",
    "appinstaller",
    "application",
    "appx",
    "bash",
    "bat",
    "chm",
    "cmd",
    "com",
    "command",
    "cpl",
    "deb",
    "desktop",
    "dll",
    "dmg",
    "exe",
    "gadget",
    "hta",
    "inf",
    "ipa",
    "jar",
    "js",
    "jse",
    "lnk",
    "msc",
    "msi",
    "msix",
    "msp",
    "ocx",
    "pif",
    "pkg",
    "ps1",
    "psm1",
    "reg",
    "rpm",
    "run",
    "scf",
    "scr",
    "sh",
    "sys",
    "url",
    "vb",
    "vbe",
    "vbs",
    "website",
    "ws",
    "wsf",
    "wsh",
    "xapk",
];

/// Archives that are documents.
pub(super) const OFFICE: &[(&str, &str)] = &[
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("epub", "application/epub+zip"),
];

/// Texts of a certain form.
pub(super) const TEXTS: &[(&str, &str)] = &[
    ("csv", "text/csv"),
    ("ics", "text/calendar"),
    ("json", "application/json"),
    ("vcf", "text/vcard"),
];

/// What a browser may show.
pub(super) const SHOWN: &[&str] = &[
    "audio/aac",
    "audio/amr",
    "audio/flac",
    "audio/mp4",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "image/avif",
    "image/gif",
    "image/heic",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/3gpp",
    "video/mp4",
    "video/quicktime",
    "video/webm",
];
