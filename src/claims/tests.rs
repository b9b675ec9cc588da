use super::*;
use crate::page::Article;
use proptest::prelude::*;

proptest! {
    #[test]
    fn claims_stand_in_the_text(text in "([A-Z][a-z]{1,6}( [a-z]{1,8}| [0-9]{1,4}|, but| —| “| ”|% | \\(|\\)|é| 👩‍👧){0,12}[.?] |\n\n){0,12}") {
        let article = Article::from_text(&text);
        let document = Document::new(&article);
        let claims = find(&document, &[], &[]);
        for claim in &claims {
            prop_assert!(text.get(claim.span.start..claim.span.end).is_some_and(|t| !t.is_empty()));
            prop_assert!((0.0..=1.0).contains(&claim.score));
            prop_assert_eq!(claim.hedged, claim.hedge.is_some());
        }
        prop_assert!(claims.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    }
}
