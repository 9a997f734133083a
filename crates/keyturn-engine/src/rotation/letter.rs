//! A text to a provider's support about a compromised key, ready to be sent: no secret in it, and nothing
//! that the user wrote for themselves.

use super::report::Incident;

/// Writes it.
pub(super) fn to_support(incident: &Incident<'_>) -> String {
    let name = &incident.profile.name;
    let tail = incident.last_four.map(|tail| format!(" that ends in {tail}")).unwrap_or_default();
    let noticed = incident.emergency.declared_at.format("%Y-%m-%d %H:%M UTC");
    let ticket = incident.rotation.request.as_ref().map(|request| {
        let number = request.ticket.as_ref().map(|ticket| format!(", your number {ticket}"));
        format!("We asked for a new key on {}{}.\n\n", request.on, number.unwrap_or_default())
    });
    format!(
        "Subject: Compromised API key: please end it\n\n\
         Dear {name} support,\n\n\
         the key of our account{tail} fell into wrong hands. We noticed it at {noticed}.\n\n\
         Please\n\
         - end this key at once, and tell us when it ended;\n\
         - issue a new one, or tell us how we get it;\n\
         - tell us which requests were made with it in the last days, and from which addresses.\n\n\
         {}We confirm the new key as soon as it arrived and works.\n\n\
         Kind regards\n",
        ticket.unwrap_or_default()
    )
}
