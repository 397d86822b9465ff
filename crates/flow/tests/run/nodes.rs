//! Each node: its arguments, its effect, its failure.

mod control;
mod messages;
mod outside;
mod values;

use flow::catalogue;

/// The tests of a node, by the name of its module.
macro_rules! tested {
    ($($name:literal => $($path:ident)::+,)+) => {
        &[$(($name, [$($path)::+::arguments, $($path)::+::effect, $($path)::+::failure])),+]
    };
}

/// A node and its tests.
type Tested = (&'static str, [fn(); 3]);

/// Every node and its three tests, which the compiler looks for.
const TESTED: &[Tested] = tested! {
    "sendText" => messages::send_text,
    "sendMessage" => messages::send_message,
    "menu" => messages::menu,
    "sendImage" => messages::send_image,
    "sendFile" => messages::send_file,
    "sendAction" => messages::send_action,
    "recvMessage" => messages::recv_message,
    "chatHistory" => messages::chat_history,
    "if" => control::if_,
    "switch" => control::switch,
    "while" => control::while_,
    "goto" => control::goto,
    "break" => control::break_,
    "close" => control::close,
    "function" => control::function,
    "execute" => control::execute,
    "schema" => control::schema,
    "trigger" => control::trigger,
    "sleep" => control::sleep,
    "softSleep" => control::soft_sleep,
    "set" => values::set,
    "unSet" => values::unset,
    "js" => values::js,
    "string" => values::string,
    "math" => values::math,
    "classifier" => values::classifier,
    "httpRequest" => outside::http_request,
    "calendar" => outside::calendar,
    "log" => outside::log,
};

#[test]
fn every_node_of_the_catalogue_has_its_three_tests() {
    let mut tested: Vec<&str> = TESTED.iter().map(|(name, _)| *name).collect();
    let mut nodes: Vec<&str> = catalogue::nodes().map(|node| node.name).collect();
    tested.sort_unstable();
    nodes.sort_unstable();
    assert_eq!(tested, nodes);
}
