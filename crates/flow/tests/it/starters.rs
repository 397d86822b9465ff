//! The programs to begin with.

use flow::program::Action;
use flow::{Context, Starter};

#[test]
fn each_starter_passes_the_check_and_is_formatted() {
    for starter in Starter::ALL {
        let none = |_: &str| None;
        let context = Context {
            id: None,
            flows: Some(&none),
        };
        let program =
            flow::parse(starter.program(), &context).unwrap_or_else(|mistakes| panic!("{starter:?} {mistakes:#?}"));
        assert_eq!(program.lists[0].nodes.is_empty(), starter == Starter::Empty);
        assert_eq!(
            flow::format(starter.program()).unwrap(),
            starter.program(),
            "{starter:?}"
        );
        assert_eq!(Starter::from_code(starter.code()), Some(starter));
        assert!(!starter.label().is_empty() && starter.description().ends_with('.'));
    }
}

#[test]
fn each_starter_says_what_happens_when_the_peer_is_silent() {
    for starter in Starter::ALL {
        let program = flow::parse(starter.program(), &Context::default()).unwrap();
        let waits = program
            .lists
            .iter()
            .flat_map(|list| &list.nodes)
            .filter_map(|node| match &node.action {
                Action::Receive { set, timeout, .. } => {
                    assert!(timeout.is_some(), "{starter:?}");
                    set.literal().map(ToOwned::to_owned)
                }
                _ => None,
            });
        for variable in waits {
            // Each answer is looked at, or written down as it is.
            let read = format!("${{{variable}}}");
            assert!(starter.program().contains(&read), "{starter:?}: {read}");
        }
    }
}
