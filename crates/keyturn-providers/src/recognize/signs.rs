//! By what named values were taken for a provider's, in words.

/// What was found of one credential.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// The profile's variables.
    pub(super) variables: Vec<String>,
    /// The fields that a value looks like.
    pub(super) looks: Vec<String>,
    /// Whether there was a host of the provider.
    pub(super) host: bool,
    /// The fields that a value is called like.
    pub(super) called: Vec<String>,
}

impl Signs {
    /// `the variables A and B, and a host`.
    pub(super) fn in_words(&self) -> String {
        let noun = if self.variables.len() == 1 { "variable" } else { "variables" };
        let variables = said(&self.variables).map(|names| format!("the {noun} {names}"));
        let looks = said(&self.looks).map(|labels| format!("what looks like the {labels}"));
        let host = self.host.then(|| "a host".to_owned());
        let called = said(&self.called).map(|labels| format!("what is called like the {labels}"));
        let mut parts: Vec<String> =
            [variables, looks, host, called].into_iter().flatten().collect();
        match parts.pop() {
            Some(last) if !parts.is_empty() => format!("{}, and {last}", parts.join(", ")),
            last => last.unwrap_or_default(),
        }
    }
}

/// `A, B and C`; `None` where there is nothing.
fn said(names: &[String]) -> Option<String> {
    let (last, others) = names.split_last()?;
    if others.is_empty() {
        return Some(last.clone());
    }
    Some(format!("{} and {last}", others.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(given: &[&str]) -> Vec<String> {
        given.iter().map(|name| (*name).to_owned()).collect()
    }

    fn variables(given: &[&str]) -> Signs {
        Signs { variables: names(given), ..Signs::default() }
    }

    #[test]
    fn several_variables_are_one_list() {
        assert_eq!(variables(&["A"]).in_words(), "the variable A");
        assert_eq!(variables(&["A", "B"]).in_words(), "the variables A and B");
        assert_eq!(variables(&["A", "B", "C"]).in_words(), "the variables A, B and C");
    }

    #[test]
    fn signs_of_different_kinds_stay_apart() {
        let signs = Signs { host: true, looks: names(&["API key"]), ..variables(&["A", "B"]) };
        let words = "the variables A and B, what looks like the API key, and a host";
        assert_eq!(signs.in_words(), words);
        let signs = Signs { called: names(&["client id", "owner"]), ..Signs::default() };
        assert_eq!(signs.in_words(), "what is called like the client id and owner");
    }
}
