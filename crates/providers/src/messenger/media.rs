//! Files that people sent.

use super::{
    graph::{Graph, Token},
    whatsapp::split_file_ref,
};
use crate::{
    Account, Call, MetaAccount, MetaKind, Wire,
    download::{self, failed},
    reading,
};
use bytes::Bytes;
use model::message::{ErrorClass, FileRef, ProviderError};
use serde::Deserialize;
use url::Url;

/// Where `WhatsApp` keeps its files; beside Meta's own address nobody else gets a token.
const LOOKASIDE: &str = "lookaside.fbsbx.com";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Media {
    url: Option<String>,
    file_size: Option<usize>,
}

/// Fetches a file: of a number by its id, of a page or an Instagram account by its address.
pub(super) async fn fetch(
    wire: &Wire,
    account: &Account,
    file: &FileRef,
    max_bytes: usize,
) -> Result<Bytes, ProviderError> {
    let Some((number, media)) = split_file_ref(&file.provider_ref) else {
        return reading::file(wire, Call::get(&file.provider_ref), max_bytes).await;
    };
    let is_it = |meta: &&MetaAccount| meta.kind == MetaKind::WhatsApp && meta.id == number;
    let Some(meta) = account.meta.iter().find(is_it) else {
        let why = "The WhatsApp number that got the file is no longer on the gateway's card.";
        return Err(failed(ErrorClass::Permission, why));
    };
    let token = Token::of(account, meta);
    let found: Media = Graph::new(wire, account).get_private(media, &[], &token).await?;
    if found.file_size.is_some_and(|size| size > max_bytes) {
        return Err(download::too_large(max_bytes));
    }
    let url = found.url.as_deref().and_then(|url| Url::parse(url).ok());
    let Some(url) = url else {
        return Err(failed(ErrorClass::NotFound, "Meta gave no address for the file."));
    };
    let mut call = Call::get(url.as_str());
    if is_trusted(&url, &account.endpoints.graph) {
        call = call.header("authorization", format!("Bearer {}", token.word));
    }
    reading::file(wire, call, max_bytes).await
}

fn is_trusted(url: &Url, graph: &Url) -> bool {
    let is_lookaside = url.scheme() == "https" && url.host_str() == Some(LOOKASIDE);
    is_lookaside || url.origin() == graph.origin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_to_meta_and_to_nobody_who_looks_like_it() {
        let graph = Url::parse("https://graph.facebook.com").unwrap();
        let is_trusted = |url: &str| is_trusted(&Url::parse(url).unwrap(), &graph);
        assert!(is_trusted(
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"
        ));
        assert!(is_trusted("https://graph.facebook.com/v25.0/1"));
        for stranger in [
            "http://lookaside.fbsbx.com/1",
            "https://lookaside.fbsbx.com.evil.example/1",
            "https://evil.example/lookaside.fbsbx.com",
            "https://lookaside.fbsbx.com@evil.example/1",
            "https://a.lookaside.fbsbx.com/1",
            "http://graph.facebook.com/1",
            "https://graph.facebook.com:8443/1",
        ] {
            assert!(!is_trusted(stranger), "{stranger}");
        }
    }
}
