//! Nodes of the original that this product does not have: they are known, so that a program is refused in words.

/// A node of the original that needs what this product does not have.
#[derive(Debug)]
pub struct CallCentreNode {
    /// Its name.
    pub name: &'static str,
    /// What to do instead, a sentence; empty if there is nothing.
    pub instead: &'static str,
}

const REQUEST: &str = "Call a service of your own with “httpRequest” instead.";
const SEND: &str = "Send to the peer of the conversation with “sendMessage” instead.";

const fn of(name: &'static str, instead: &'static str) -> CallCentreNode {
    CallCentreNode { name, instead }
}

/// The call centre's nodes.
pub const CALL_CENTRE: &[CallCentreNode] = &[
    of("joinQueue", ""),
    of("cancelQueue", ""),
    of("bridge", ""),
    of("callbackQueue", ""),
    of("export", ""),
    of("userInfo", ""),
    of("memberInfo", ""),
    of("patchMembers", ""),
    of("notification", REQUEST),
    of("list", REQUEST),
    of("listAdd", REQUEST),
    of("chatAi", REQUEST),
    of("sendEmail", REQUEST),
    of("getEmail", REQUEST),
    of("stt", REQUEST),
    of("generateLink", REQUEST),
    of("customCode", "Use “js” instead."),
    of("sendTts", SEND),
    of("broadcastChatMessage", SEND),
    of("openLink", "Send a button of type “url” with “menu” instead."),
];
