//! A transcript as rules see it: sentences, who says each, the subject each belongs to.

use std::collections::BTreeSet;

use super::people::Speakers;
use super::speech::Sentence;
use super::topic::Topic;

/// What rules read.
pub struct Talk<'a> {
    /// Every sentence.
    pub sentences: &'a [Sentence],
    /// Names behind the labels.
    pub speakers: &'a Speakers,
    /// Subjects, in order.
    pub topics: &'a [Topic],
    /// Titles of the items that the topics became, one for each topic.
    pub titles: &'a [String],
    /// Words that are names: written with a capital inside a sentence.
    pub proper: &'a BTreeSet<String>,
}

impl Talk<'_> {
    /// Who says the sentence, by name.
    pub fn speaker(&self, index: usize) -> Option<&str> {
        self.speakers.name(self.sentences.get(index)?.speaker.as_ref())
    }

    /// The topic of a sentence.
    pub fn topic(&self, index: usize) -> Option<usize> {
        self.topics.iter().position(|t| t.sentences.contains(&index))
    }

    /// The title of the item of a sentence.
    pub fn title(&self, index: usize) -> Option<String> {
        self.titles.get(self.topic(index)?).cloned()
    }
}
