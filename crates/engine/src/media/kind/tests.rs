use super::*;

fn mime(bytes: &[u8], name: &str) -> Option<&'static str> {
    Kind::of(bytes, name).ok().map(|kind| kind.mime)
}

#[test]
fn the_content_says_what_a_file_is_whatever_its_name_says() {
    let cases: [(&[u8], &str); 22] = [
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"GIF89a\x01\0", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"),
        (b"\0\0\0\x20ftypisom\0\0\x02\0", "video/mp4"),
        (b"\0\0\0\x20ftypM4A \0\0\x02\0", "audio/mp4"),
        (b"\0\0\0\x20ftyp3gp4\0\0\x02\0", "video/3gpp"),
        (b"\0\0\0\x20ftypheic\0\0\x02\0", "image/heic"),
        (b"\x1aE\xdf\xa3\x9fB\x86\x81\x01webm", "video/webm"),
        (b"OggS\0\x02\0\0\0\0", "audio/ogg"),
        (b"ID3\x04\0\0\0", "audio/mpeg"),
        (b"\xff\xfb\x90\x64\0", "audio/mpeg"),
        (b"#!AMR\n\x3c\0", "audio/amr"),
        (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
        (b"%PDF-1.4 a price list", "application/pdf"),
        (b"PK\x03\x04\x14\0\0\0", "application/zip"),
        (b"\x1f\x8b\x08\0", "application/gzip"),
        (b"hello \xd1\x97", "text/plain"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML><p>", "text/html"),
        (b"<?xml version='1.0'?>\n<svg onload='x()'/>", "image/svg+xml"),
        (b"\x01\x02\x03", "application/octet-stream"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(mime(bytes, "holiday.jpg"), Some(expected), "{}", bytes.escape_ascii());
    }
    assert_eq!(mime(b"", "a.txt"), Some("application/octet-stream"));
}

#[test]
fn programs_are_refused_by_what_they_begin_with() {
    let cases: [&[u8]; 9] = [
        b"MZ\x90\0\x03\0",
        b"\x7fELF\x02\x01\x01\0",
        b"\xcf\xfa\xed\xfe\x07",
        b"\xca\xfe\xba\xbe\0\0\x004",
        b"\0asm\x01\0\0\0",
        b"#!/bin/sh\nrm -rf /\n",
        b"L\0\0\0\x01\x14\x02\0\0",
        b"PK\x03\x04\x14\0\x08\x08META-INF/MANIFEST.MF\0",
        b"PK\x03\x04\x14\0\x08\x08AndroidManifest.xml\0",
    ];
    for bytes in cases {
        assert_eq!(mime(bytes, "holiday.jpg"), None, "{}", bytes.escape_ascii());
    }
    assert_eq!(mime(b"MZ is how a name begins", "a.txt"), Some("text/plain"));
}

#[test]
fn programs_are_refused_by_the_name_that_makes_a_system_run_them() {
    for name in ["a.EXE", "invoice.pdf.bat", "x.vbs", "link.url", "site.com", "x.ps1"] {
        assert_eq!(mime(b"start calc", name), None, "{name}");
    }
    assert_eq!(mime(b"start calc", "bat"), Some("text/plain"));
}

#[test]
fn documents_of_an_office_are_told_from_other_archives() {
    let word = b"PK\x03\x04\x14\0\x06\0[Content_Types].xml";
    assert!(mime(word, "a.docx").is_some_and(|mime| mime.ends_with("wordprocessingml.document")));
    assert_eq!(mime(word, "a.zip"), Some("application/zip"));
    assert_eq!(mime(b"PK\x03\x04\x14\0\x06\0a.txt", "a.docx"), Some("application/zip"));
}

#[test]
fn nothing_that_can_hold_a_script_is_shown() {
    for mime in [
        "text/html",
        "image/svg+xml",
        "application/xml",
        "application/pdf",
        "text/plain",
        "",
    ] {
        assert!(!is_shown(mime), "{mime}");
    }
    assert!(is_shown("image/jpeg") && is_shown("video/mp4"));
}

#[test]
fn what_is_claimed_to_be_a_picture_and_is_none_is_a_document() {
    let file = |mime: &str| FileRef {
        mime: Some(mime.into()),
        ..FileRef::default()
    };
    let image = |mime| {
        let claimed = Part::Image {
            file: FileRef::default(),
            caption: Some("look".into()),
        };
        fitting(claimed, file(mime))
    };
    assert!(matches!(image("image/png"), Part::Image { caption: Some(_), .. }));
    for other in ["text/html", "image/svg+xml", "application/pdf"] {
        assert!(
            matches!(image(other), Part::Document { caption: Some(_), .. }),
            "{other}"
        );
    }
    let voice = Part::Voice {
        file: FileRef::default(),
        duration: Some(3),
    };
    assert!(matches!(
        fitting(voice, file("video/mp4")),
        Part::Voice { duration: Some(3), .. }
    ));
}
