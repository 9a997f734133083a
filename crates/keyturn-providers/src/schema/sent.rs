//! What the requests of a profile carry, with the value left out: for whoever chooses a provider.

use super::Profile;
use super::recipe::Recipe;
use super::template::{Piece, pieces};

/// What stands in a value's place.
const VALUE: &str = "…";

impl Profile {
    /// How the key or the token is sent, each way once: `Authorization: Bearer …`, `x-api-key: …`,
    /// `?api_key=…`. What the preferred method sends comes first.
    #[must_use]
    pub fn sent_as(&self) -> Vec<String> {
        let preferred = self.methods.iter().filter_map(|method| self.recipe(&method.recipe));
        let mut ways: Vec<String> = Vec::new();
        for way in preferred.chain(&self.recipes).flat_map(|recipe| self.ways_of(recipe)) {
            if !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    /// How a recipe sends it.
    #[must_use]
    pub fn ways_of(&self, recipe: &Recipe) -> Vec<String> {
        let headers = recipe.headers.iter().map(|header| {
            let scheme = header.scheme.as_ref().map(|scheme| self.with_defaults(scheme, false));
            let scheme = scheme.filter(|scheme| !scheme.is_empty());
            let scheme = scheme.map(|scheme| format!("{scheme} ")).unwrap_or_default();
            format!("{}: {scheme}{VALUE}", self.with_defaults(&header.name, true))
        });
        let query = recipe.query.iter();
        let query = query.map(|one| format!("?{}={VALUE}", self.with_defaults(&one.name, true)));
        headers.chain(query).collect()
    }

    /// A text with what its fields count as where they are left empty. A field without such a default
    /// stays in its braces, or is left out.
    fn with_defaults(&self, text: &str, braces: bool) -> String {
        let Some(pieces) = pieces(text) else { return text.to_owned() };
        let pieces = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Field(name) => {
                let default = self.field(&name).and_then(|field| field.default.clone());
                default
                    .unwrap_or_else(|| if braces { format!("{{{name}}}") } else { String::new() })
            }
        });
        pieces.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::Catalogue;

    fn sent_as(id: &str) -> Vec<String> {
        Catalogue::builtin().get(&id.parse().unwrap()).unwrap().sent_as()
    }

    #[test]
    fn the_preferred_way_comes_first_and_each_way_once() {
        assert_eq!(sent_as("deepvue"), ["Authorization: Bearer …", "x-api-key: …"]);
        assert_eq!(sent_as("deepidv"), ["x-api-key: …"]);
        assert_eq!(sent_as("deeply"), ["Authorization: Bearer …"]);
        assert_eq!(sent_as("deepcurrent"), ["Authorization: Bearer …"]);
        assert_eq!(sent_as("gitlab"), ["PRIVATE-TOKEN: …", "Authorization: Bearer …"]);
    }

    #[test]
    fn a_name_that_a_field_fills_is_the_one_that_counts_without_it() {
        assert_eq!(sent_as("generic-api-key"), ["X-API-Key: …"]);
        assert_eq!(sent_as("generic-api-key-query"), ["?api_key=…"]);
        assert_eq!(sent_as("generic-basic"), ["Authorization: Basic …"]);
    }
}
