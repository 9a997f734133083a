//! Folding, beside a plain model of it.

use proptest::prelude::*;

use super::super::folds::Folds;
use super::super::view::{BodyForm, Fold};
use super::{body, seen};

#[test]
fn what_is_folded_is_one_line_and_inner_ones_stay_as_they_were() {
    let body = body(r#"{"a":{"b":[1,2],"c":3},"d":[4]}"#, None);
    let fold = |line, closed| body.fold(BodyForm::Json, line, closed).unwrap().total;
    assert_eq!(fold(Some(2), true), 9, "the list hides three lines of twelve");
    assert_eq!(fold(Some(1), true), 6);
    let outer = "{\n  \"a\": { \u{2026} },\n  \"d\": [\n    4\n  ]\n}";
    assert_eq!(seen(&body, BodyForm::Json), outer);
    fold(Some(1), false);
    assert!(seen(&body, BodyForm::Json).contains("    \"b\": [ \u{2026} ],\n    \"c\": 3"));
    assert_eq!(fold(None, true), 4, "the outermost stays open");
    let line = &body.lines(BodyForm::Json, 1, 1).unwrap().lines[0];
    assert_eq!((line.line, line.fold, line.hides), (1, Some(Fold::Closed), 6));
    assert_eq!(body.reach(BodyForm::Json, 3).unwrap().row, 3, "it was opened to be seen");
    assert_eq!(fold(None, false), 12);
    assert_eq!(fold(Some(3), true), 12, "what is no bracket does not fold");
}

/// Brackets that lie in each other, as the pieces that they begin and end with.
fn brackets(shape: &[bool]) -> (Vec<(u32, u32)>, u32) {
    let (mut open, mut places, mut piece) = (Vec::new(), Vec::new(), 0);
    for opens in shape {
        if *opens {
            open.push(places.len());
            places.push((piece, piece));
        } else if let Some(number) = open.pop() {
            places[number].1 = piece;
        }
        piece += 1;
    }
    while let Some(number) = open.pop() {
        places[number].1 = piece;
        piece += 1;
    }
    (places, piece)
}

proptest! {
    #[test]
    fn rows_and_pieces_are_those_of_the_plain_model(
        shape in proptest::collection::vec(any::<bool>(), 1..60),
        closed in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..20),
    ) {
        let (places, all) = brackets(&shape);
        prop_assume!(!places.is_empty());
        let mut folds = Folds::default();
        for (piece, end) in &places {
            let number = folds.begins(*piece);
            folds.ends(number, *end);
        }
        folds.settle();
        let mut model = vec![false; places.len()];
        for (index, close) in closed {
            let number = index.index(places.len());
            model[number] = close;
            folds.fold(places[number].0, close);
        }
        let hidden = |piece: u32| places.iter().zip(&model).any(|((from, to), closed)| {
            *closed && *from < piece && piece <= *to
        });
        let visible: Vec<u32> = (0..all).filter(|piece| !hidden(*piece)).collect();
        prop_assert_eq!(folds.visible(all) as usize, visible.len());
        for (row, piece) in visible.iter().enumerate() {
            let row = u32::try_from(row).unwrap();
            prop_assert_eq!(folds.piece(row), *piece);
            prop_assert_eq!(folds.row(*piece), row);
        }
        let sought = all / 2;
        folds.reach(sought);
        prop_assert_eq!(folds.piece(folds.row(sought)), sought, "what is reached is visible");
    }
}
