//! The provider's list of addresses.

use keyturn_engine::{AddAddress, ShownAllowList};
use keyturn_protocol::calls::{
    AddressView, AllowListView, EditAllowList, ListTestView, ListTestsView, ShowAllowList,
    SupportMessage,
};
use keyturn_protocol::{ApiError, Event};

use crate::agent::Agent;
use crate::caller::Caller;
use crate::errors::to_api;

pub(super) fn show(agent: &Agent, call: &ShowAllowList) -> Result<AllowListView, ApiError> {
    agent.engine.allow_list(&call.reference).map(view).map_err(|error| to_api(&error))
}

pub(super) fn edit(
    agent: &Agent,
    caller: &Caller,
    call: EditAllowList,
) -> Result<AllowListView, ApiError> {
    let change = keyturn_engine::EditAllowList {
        add: call.add.map(|added| AddAddress {
            address: added.address,
            kind: added.kind,
            label: added.label,
            registered_on: added.registered_on,
        }),
        remove: call.remove,
        this_machine: call.this_machine,
        listed_test: call.listed_test,
        unlisted_test: call.unlisted_test,
    };
    let changed = agent.engine.edit_allow_list(&call.reference, change, &caller.to_string());
    let shown = changed.map_err(|error| to_api(&error))?;
    agent.tell(Event::CredentialChanged(call.reference));
    Ok(view(shown))
}

fn view(shown: ShownAllowList) -> AllowListView {
    let ShownAllowList { list, terms, warnings } = shown;
    let line = |address: String, label: &Option<String>| match label {
        Some(label) => format!("{address} ({label})"),
        None => address,
    };
    let lines = list.addresses.iter().map(|one| line(one.address.to_string(), &one.label));
    let lines = lines.collect::<Vec<_>>().join("\n");
    let message = (!lines.is_empty()).then(|| SupportMessage {
        to: terms.support,
        subject: terms.message_subject,
        text: terms.message.trim().replace("{addresses}", &lines),
    });
    let mut expected = terms.tests.into_iter();
    let mut test = |result| ListTestView { expected: expected.next(), result };
    AllowListView {
        tests: ListTestsView { listed: test(list.listed_test), unlisted: test(list.unlisted_test) },
        this_machine: list.this_machine,
        addresses: list
            .addresses
            .into_iter()
            .map(|one| AddressView {
                address: one.address,
                label: one.label,
                kind: one.kind,
                registered_on: one.registered_on,
            })
            .collect(),
        advice: terms.advice,
        warnings,
        message,
    }
}
