//! What stands where a value belongs and is none.

/// Whether this is a placeholder, a variable or a mask.
pub(super) fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let variable = value.starts_with('$')
        || (value.starts_with('%') && value.ends_with('%') && value.len() > 1)
        || (value.starts_with('{') && value.ends_with('}'))
        || (value.starts_with('<') && value.ends_with('>'));
    let word = ["your_", "your-", "changeme", "change_me", "replace_me", "example_"];
    let masked = value.contains(['•', '●', '…']) || value.contains("***");
    let same = value.chars().next().is_some_and(|first| value.chars().all(|c| c == first));
    variable
        || masked
        || (same && value.len() > 2)
        || word.iter().any(|word| lower.starts_with(word))
        || lower.contains("xxxxxx")
}
