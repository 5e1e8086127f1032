//! What a line says for the body of the letter: its clauses, once remarks have become findings.

use super::{Item, Reader, layout};
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::words;
use crate::task::letter::line::{Slot, slot};
use crate::task::letter::phrase::{CONTENT_ORDER, PROMISE, UNANSWERED, WAITING};
use crate::task::letter::record::Role;
use crate::task::minutes::clauses::sentences;
use crate::task::{aside, wording};

impl Reader<'_> {
    pub(super) fn body(&mut self, role: Role, text: &str, span: Span) {
        // Brackets that open a continued line bear on the item before.
        if let Some((inside, rest)) = text.trim().strip_prefix('(').and_then(|t| t.split_once(')'))
            && !rest.trim().is_empty()
            && remark::classify(inside).is_none()
            && let Some(before) = self.items.last_mut().filter(|i| i.role == role)
        {
            before.text = format!("{} ({})", before.text, wording::clean(inside));
            let role = match slot(rest, self.letter.purpose) {
                Some(Slot::Body(own)) => own,
                _ => role,
            };
            let at = span.end - rest.len().min(span.len());
            return self.body(role, rest, at..span.end);
        }
        let asked = role == Role::Request && !self.letter.purpose.answers();
        let text = match OFFERS.captures(text).filter(|_| role == Role::Offer) {
            Some(found) => text.get(found["lead"].len()..).unwrap_or(text),
            None => text,
        };
        let (role, questions) = match role {
            Role::Question => (role, Questions::Content),
            role if asked => (role, Questions::Content),
            other => (other, Questions::Doubts),
        };
        let Some(text) = self.sift(text, span.clone(), questions) else { return };
        let Some(text) = self.unpromised(&text, &span) else { return };
        let text = self.share(&text, &span);
        let text = CONTENT_ORDER.replace(&text, "").into_owned();
        let text = UNANSWERED.replace_all(&text, " -> ").into_owned();
        if asked && self.entry {
            self.items.push(Item { role, text: wording::clean(&text), span });
            return;
        }
        if role == Role::Question {
            let asks = if self.entry { vec![text] } else { wording::enumeration(&text) };
            for item in asks {
                self.items.push(Item { role, text: wording::clean(&item), span: span.clone() });
            }
            return;
        }
        let text = WAITING
            .replace(&text, "une réponse avant $when est nécessaire pour tenir ce calendrier")
            .into_owned();
        // « une subvention + le gymnase » are two wishes.
        let wishes: Vec<&str> = match role {
            Role::Request => text.split(" + ").collect(),
            _ => vec![text.as_str()],
        };
        // Statements of one line that a full stop parts.
        let pieces = wishes.into_iter().flat_map(sentences).map(|(_, text)| wording::clean(text));
        for text in pieces.filter(|text| !text.is_empty()) {
            self.items.push(Item { role, text, span: span.clone() });
        }
    }

    /// What the line holds once its remarks have become findings.
    pub(super) fn sift(&mut self, text: &str, span: Span, questions: Questions) -> Option<String> {
        let laughed = LAUGHED.find(text).map(|found| found.as_str().trim().to_owned());
        let text = &*LAUGHED.replace_all(text, "");
        let mut sifted = remark::sift(text, questions);
        if let Some(laughed) = laughed {
            let inside = laughed.trim_matches(['(', ')']).to_owned();
            sifted.dropped.push((Remark::Gossip, inside));
        }
        // Gossip in brackets leaves what stands before them.
        let mood =
            |(kind, _): &(Remark, String)| matches!(kind, Remark::Gossip | Remark::Judgement);
        if sifted.kept.trim().is_empty()
            && sifted.dropped.iter().all(mood)
            && let Some((bare, inside)) = layout::unbracketed(text)
        {
            let without = remark::sift(&bare, questions);
            if without.dropped.is_empty() {
                sifted = without;
                sifted.dropped.push((Remark::Gossip, inside));
            }
        }
        // « en avril ? je crois, à vérifier » is one doubt.
        sifted.dropped.dedup_by(|next, first| {
            let one = first.0 == Remark::Doubt && next.0 == Remark::Doubt;
            if one {
                first.1 = format!("{}, {}", first.1, next.1);
            }
            one
        });
        self.findings.extend(aside::findings(&sifted.dropped, &span));
        let kept = sifted.kept.trim().to_owned();
        (!kept.is_empty()).then_some(kept)
    }

    /// The text without what it leaves to later days: a letter promises nothing.
    fn unpromised(&mut self, text: &str, span: &Span) -> Option<String> {
        let (later, kept): (Vec<&str>, Vec<&str>) =
            remark::clauses(text).into_iter().partition(|clause| PROMISE.is_match(clause));
        if later.is_empty() {
            return Some(text.to_owned());
        }
        self.findings.push(Finding::check(
            FindingKind::LeftOut,
            Some(span.clone()),
            format!("Laissé de côté, une lettre ne promet rien : « {} »", later.join(",").trim()),
        ));
        let kept = kept.join(",").trim().to_owned();
        (!kept.is_empty()).then_some(kept)
    }

    /// A day under a list that says how: « le tout avant le … ». Whether it is put there; under
    /// what is asked, it is the day of the answer.
    pub(super) fn deadline_of_list(
        &mut self,
        line: &str,
        way: Option<&str>,
        list: Option<Slot>,
        span: &Span,
    ) -> bool {
        let role = match list {
            Some(Slot::Body(Role::Request | Role::Question)) | None => return false,
            Some(Slot::Body(role)) => role,
            Some(_) => return false,
        };
        let what = way.map_or_else(|| "le tout".to_owned(), |verb| format!("à {verb}"));
        self.body(role, &format!("{what} {}", line.trim()), span.clone());
        true
    }

    /// Where an answer goes, beside the day by which it is awaited. Whether there is such a day.
    pub(super) fn answered_at(&mut self, where_to: &str) -> bool {
        let Some(before) = self.items.last_mut().filter(|item| item.role == Role::Deadline) else {
            return false;
        };
        before.text = format!("{} ({where_to})", before.text);
        true
    }
}

// « je veux lui proposer quelque chose : … »: what is offered follows.
words!(
    OFFERS,
    r"(?i)^(?P<lead>\W*(?:(?:on|nous|je)\s+)?(?:(?:peu[tx]|veu[tx]|voudrai[st])\s+(?:lui\s+|leur\s+|vous\s+)?proposer|(?:lui\s+|leur\s+|vous\s+)?propos(?:e|ons))(?:\s+(?:quelque\s+chose|autre\s+chose|une\s+(?:autre\s+)?solution)\b)?\s*:?\s*)\S"
);
// What somebody laughs at in brackets is between colleagues.
words!(LAUGHED, r"(?i)\s*\([^()]*\b(?:mdr|ptdr|lol|xd|haha)\b[^()]*\)");
