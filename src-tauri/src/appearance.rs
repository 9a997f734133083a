//! What a page looks like before it has asked for anything: attributes of its root, set before the first
//! paint.
//!
//! The page's content policy takes no inline script, and a preference that is asked for first would show
//! as a flash. So the window is made with a script that the web view runs before the page is read. It
//! holds closed words and numbers alone, never text that somebody typed. `ui/src/lib/appearance.ts` sets
//! the same attributes when the user changes their mind.

use serde::{Deserialize, Serialize};

/// The colours of a window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light, always.
    Light,
    /// Dark, always.
    Dark,
}

/// How close rows are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Density {
    /// Two lines a row.
    #[default]
    Comfortable,
    /// One line a row.
    Compact,
}

/// How strongly lines and words stand out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Contrast {
    /// As the system has it.
    #[default]
    System,
    /// More, always.
    More,
}

/// Whether anything moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub(crate) enum Motion {
    /// As the system has it.
    #[default]
    System,
    /// Never.
    Reduced,
}

/// The size of text in hundredths of its own: from 90 to 150.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "number"))]
#[serde(try_from = "u16")]
pub(crate) struct TextSize(u16);

impl Default for TextSize {
    fn default() -> Self {
        Self(100)
    }
}

impl TryFrom<u16> for TextSize {
    type Error = String;

    fn try_from(size: u16) -> Result<Self, String> {
        let fits = (90..=150).contains(&size);
        fits.then_some(Self(size)).ok_or_else(|| format!("text_size is {size}, and not 90 to 150"))
    }
}

/// The tag of a language, as `de-AT`; empty for the system's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
#[serde(try_from = "String")]
pub(crate) struct Language(String);

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        let fits = tag.len() <= 35 && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        fits.then_some(Self(tag))
            .ok_or_else(|| "language is no language tag, e.g. de-AT".to_owned())
    }
}

/// What of the preferences shows in every window.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Appearance {
    pub(crate) theme: Theme,
    pub(crate) density: Density,
    pub(crate) text_size: TextSize,
    pub(crate) contrast: Contrast,
    pub(crate) motion: Motion,
    pub(crate) language: Language,
}

impl Appearance {
    /// The script that sets the root's attributes, whenever there is a root.
    pub(crate) fn script(&self) -> String {
        let values = serde_json::to_string(self).expect("closed words and numbers");
        format!("({SET})({values});")
    }
}

impl Theme {
    /// The colours of the frame and the ground; `None` where the system chooses.
    pub(crate) const fn forced(self) -> Option<tauri::Theme> {
        match self {
            Self::System => None,
            Self::Light => Some(tauri::Theme::Light),
            Self::Dark => Some(tauri::Theme::Dark),
        }
    }
}

/// Web views differ in whether the root is there yet.
const SET: &str = r#"(wanted) => {
  const set = () => {
    const root = document.documentElement;
    if (root === null) return false;
    for (const name of ["theme", "density", "contrast", "motion"]) root.dataset[name] = wanted[name];
    if (wanted.language !== "") root.dataset.language = wanted.language;
    if (wanted.text_size !== 100) root.style.fontSize = `${wanted.text_size}%`;
    return true;
  };
  if (set()) return;
  const seen = new MutationObserver(() => { if (set()) seen.disconnect(); });
  seen.observe(document, { childList: true });
}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_carries_every_preference_and_no_markup() {
        let appearance = Appearance {
            theme: Theme::Dark,
            density: Density::Compact,
            text_size: TextSize(125),
            contrast: Contrast::More,
            motion: Motion::Reduced,
            language: Language("de-AT".to_owned()),
        };
        let values = r#"({"theme":"dark","density":"compact","text_size":125,"contrast":"more","motion":"reduced","language":"de-AT"});"#;
        assert!(appearance.script().ends_with(values), "{}", appearance.script());
        assert_eq!(appearance.theme.forced(), Some(tauri::Theme::Dark));
    }

    #[test]
    fn a_size_outside_and_a_language_with_markup_are_refused() {
        assert!(TextSize::try_from(90).is_ok() && TextSize::try_from(150).is_ok());
        assert!(TextSize::try_from(89).is_err() && TextSize::try_from(151).is_err());
        assert!(Language::try_from("\"></script>".to_owned()).is_err());
    }
}
