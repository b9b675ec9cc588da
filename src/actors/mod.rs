//! Who acts: mentions, their kinds, who is who, roles, and which places act.
//!
//! [`names`] finds the names and their kinds, [`who`] groups them into actors, [`role`] reads what the article says
//! that each is, and [`acting`] tells places that act from places where something happens.

pub mod acting;
mod aliases;
mod lexicon;
pub mod names;
mod role;
#[cfg(test)]
mod tests;
mod who;

pub(crate) use lexicon::{gender_of, is_role, pronoun};

use crate::annotation::{Actor, Mention};
use crate::tagger::{Analysis, GivenNames, Model, ModelError};

/// What finds actors: the weights, read and checked.
pub struct Finder {
    names: names::Tagger<'static>,
    acting: Model<'static>,
    given: GivenNames<'static>,
}

impl Finder {
    /// The weights that the engine holds.
    ///
    /// # Errors
    /// Where they are damaged.
    pub fn bundled() -> Result<Self, ModelError> {
        Ok(Self {
            names: names::Tagger::bundled()?,
            acting: Model::load(include_bytes!("../../models/acting.bin"))?,
            given: GivenNames::bundled()?,
        })
    }

    /// Every actor of the article, in the order of first mention.
    pub fn find(&self, analysis: &Analysis) -> Vec<Actor> {
        let (document, pos) = (analysis.document, &analysis.tags);
        let names = self.names.find(document, pos);
        let entities = who::group(document, &names, self.names.known(), self.given);
        let reader = role::Reader { document, pos, names: &names };
        let genders = role::genders(&reader, &entities);
        let scene = acting::Scene::new(analysis, &names);
        let acting = scene.acting(&self.acting, &names);
        let mention = |i: usize| {
            let (name, acting) = (names.get(i)?, *acting.get(i)?);
            Some(Mention { span: document.span(&name.tokens), acting })
        };
        entities
            .iter()
            .zip(genders)
            .map(|(entity, gender)| Actor {
                name: who::fullest(document, &names, entity),
                kind: entity.kind,
                role: reader.role(entity),
                gender,
                mentions: entity.names.iter().filter_map(|&i| mention(i)).collect(),
            })
            .collect()
    }
}
