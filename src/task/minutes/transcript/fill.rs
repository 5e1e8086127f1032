//! Runs the rules over the talk and puts what they find into the record.

use super::decide::Decided;
use super::talk::Talk;
use super::topic::Topic;
use super::{account, decide, left, undertake};
use crate::finding::{Finding, FindingKind};
use crate::reading::name::Roster;
use crate::reading::{Fact, PartialDate, expand_facts, facts, fold, words};
use crate::task::minutes::record::{Kind, Meeting, OpenPoint, Vote};
use crate::task::minutes::working;
use crate::task::prose::by_rule;

/// Runs the rules over the talk; answers which sentences may be actions.
pub(super) fn fill(
    talk: &Talk<'_>,
    roster: &Roster,
    date: Option<PartialDate>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let mut used = vec![false; talk.sentences.len()];
    let mut decided = decide::read(talk, roster, findings);
    mark(&mut used, &decided.used);
    if meeting.kind == Kind::Working {
        let present = &meeting.attendance.present;
        findings.extend(decided.votes.iter().filter_map(|(at, vote)| {
            let said = talk.sentences.get(*at)?;
            working::voters(&said.text, vote.total(), said.span.clone(), present)
        }));
    }
    let mut of_next = Vec::new();
    if let Some((dates, phrase)) = left::next_meeting(talk, date) {
        mark(&mut used, &dates);
        let fixed = fixed(talk, &dates, &mut decided, findings);
        mark(&mut used, &fixed);
        of_next = [dates, fixed].concat();
        meeting.next_meeting = Some(phrase);
    }
    let taken = undertake::read(talk, roster);
    mark(&mut used, &taken.used);
    let open = left::open_points(talk);
    open.iter().for_each(|(at, _)| mark(&mut used, &[*at]));
    if meeting.kind != Kind::Working {
        settle_votes(talk, decided.votes, meeting, findings);
    }
    meeting.decisions = decided.decisions.into_iter().map(|(_, d)| d).collect();
    meeting.actions = taken.actions.into_iter().map(|(_, a)| a).collect();
    meeting.open_points = open.into_iter().map(|(_, p)| p).collect();
    unsettled(talk, decided.unsettled, meeting);
    left_out(talk, &mut used, meeting);
    // Dates that were bid for the next meeting and not kept are told nowhere.
    mark(&mut used, &of_next);
    mark(&mut used, &titles(talk));
    mark(&mut used, &about_the_hour(talk));
    let unused = tell(talk, roster, &used, meeting);
    if unused > 0 {
        let total = talk.sentences.len();
        findings.push(Finding::info(
            FindingKind::Unused,
            None,
            format!("Transcription lue en entier : {unused} phrases sur {total} sans fait à retenir ne sont pas reprises dans le document."),
        ));
    }
    taken.unsure.into_iter().filter(|at| used.get(*at) == Some(&false)).collect()
}

/// Every item has its vote. Where two are told and one was for something else, as far as the counts
/// tell, none is printed: which belongs to the item only who was there knows.
fn settle_votes(
    talk: &Talk<'_>,
    votes: Vec<(usize, Vote)>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) {
    let mut doubtful: Vec<usize> = Vec::new();
    for (at, vote) in votes {
        let Some(topic) = talk.topic(at) else { continue };
        let Some(item) = meeting.items.get_mut(topic) else { continue };
        let counts = |vote: &Vote| (vote.against.unwrap_or(0), vote.abstentions.unwrap_or(0));
        let span = talk.sentences[at].span.clone();
        if item.vote.as_ref().is_some_and(|held| counts(held) != counts(&vote)) {
            findings.push(Finding::check(
                FindingKind::Vote,
                Some(span.clone()),
                format!(
                    "Vote « {} » : deux votes différents sont dits sur ce point ; aucun n’est écrit, inscrivez le bon.",
                    item.title
                ),
            ));
            doubtful.push(topic);
        }
        item.vote = Some(Vote { span, ..vote });
    }
    for topic in doubtful {
        if let Some(item) = meeting.items.get_mut(topic) {
            item.vote = None;
        }
    }
}

/// A sentence that gave a decision or an action and holds a number that none of them carries is
/// told as well: better said twice than lost.
fn left_out(talk: &Talk<'_>, used: &mut [bool], meeting: &Meeting) {
    let mut told: Vec<String> = Vec::new();
    told.extend(meeting.decisions.iter().map(|d| d.text.clone()));
    told.extend(
        meeting.actions.iter().flat_map(|a| [Some(a.what.clone()), a.when.clone()]).flatten(),
    );
    told.extend(meeting.open_points.iter().map(|p| p.text.clone()));
    told.extend(meeting.next_meeting.clone());
    let told = counted(&told.join(" ; "));
    for (sentence, used) in talk.sentences.iter().zip(used).filter(|(_, used)| **used) {
        if counted(&sentence.text).iter().any(|count| !told.contains(count)) {
            *used = false;
        }
    }
}

/// The numbers of a text, each with the word after it.
fn counted(text: &str) -> Vec<String> {
    words!(COUNT, r"(\d[\d.,]*)\s*(\p{L}*|[€%])");
    let text = fold(&expand_facts(text)).replace(['\u{a0}', '\u{202f}'], "");
    COUNT
        .captures_iter(&text)
        .map(|f| format!("{} {}", f[1].trim_end_matches(['.', ',']), &f[2]))
        .collect()
}

fn mark(used: &mut [bool], sentences: &[usize]) {
    for at in sentences {
        if let Some(place) = used.get_mut(*at) {
            *place = true;
        }
    }
}

/// What only agrees on the date of the next meeting is no decision; the sentences that fix it.
fn fixed(
    talk: &Talk<'_>,
    dates: &[usize],
    decided: &mut Decided,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let at = dates.first().copied().unwrap_or_default();
    // « 26 novembre. C'est bon pour tout le monde ? » agrees on the date.
    let last = dates.last().map_or(at, |last| last + 3);
    decided.decisions.retain(|(index, decision)| {
        let hollow = decision.text.contains("[À COMPLÉTER") && (at..=last).contains(index);
        if hollow {
            findings.retain(|f| {
                f.kind != FindingKind::Uncertain || f.notes.as_ref() != Some(&decision.span)
            });
        }
        !hollow
    });
    // « Le jeudi 11 février ? — Oui, 18 heures, ici » fix the date.
    let near = at..(at + 6).min(talk.sentences.len());
    near.filter(|near| {
        let text = &talk.sentences[*near].text;
        let dated = facts(text).iter().any(|f| matches!(f.fact, Fact::Date(_)));
        dated && text.split_whitespace().count() <= 14
    })
    .collect()
}

/// Questions that were put and not settled are open points, unless something is decided soon after.
fn unsettled(talk: &Talk<'_>, questions: Vec<(usize, String)>, meeting: &mut Meeting) {
    for (at, question) in questions {
        let text = by_rule(&question);
        let span = talk.sentences[at].span.clone();
        let later = meeting
            .decisions
            .iter()
            .any(|d| d.span.start > span.start && d.span.start < span.start + 600);
        if !later {
            meeting.open_points.push(OpenPoint { text, subject: talk.title(at), span });
        }
    }
    meeting.open_points.sort_by_key(|p| p.span.start);
}

/// Short sentences that open a topic: its title says them.
fn titles(talk: &Talk<'_>) -> Vec<usize> {
    let opens = |topic: &&Topic| {
        let first = talk.sentences.get(topic.sentences.start);
        first.is_some_and(|s| s.text.split_whitespace().count() <= 10) && !topic.title.is_empty()
    };
    talk.topics.iter().filter(opens).map(|topic| topic.sentences.start).collect()
}

/// Tells under its topic each sentence that carries a fact and that no rule has used; how many are
/// told nowhere.
fn tell(talk: &Talk<'_>, roster: &Roster, used: &[bool], meeting: &mut Meeting) -> usize {
    let mut unused = 0;
    let mut untold = None;
    for index in 0..talk.sentences.len() {
        if used.get(index) == Some(&true) {
            continue;
        }
        let told = account::told(talk, index, roster);
        match (told, talk.topic(index).and_then(|at| meeting.items.get_mut(at))) {
            (Some(told), Some(item)) => {
                let before = index.checked_sub(1).filter(|at| {
                    untold == Some(*at)
                        && account::points_back(&talk.sentences[index].text)
                        && talk.speaker(*at) == talk.speaker(index)
                        && talk.topic(*at) == talk.topic(index)
                });
                if let Some(context) = before.and_then(|at| account::context(talk, at)) {
                    context.add_to(&mut item.account);
                    unused -= 1;
                }
                item.clauses.push(talk.sentences[index].text.clone());
                told.add_to(&mut item.account);
            }
            _ => {
                unused += 1;
                untold = Some(index);
            }
        }
    }
    unused
}

/// Sentences that open or close the meeting: the record holds their hour.
fn about_the_hour(talk: &Talk<'_>) -> Vec<usize> {
    words!(
        HOUR,
        r"(?i)\b(?:on\s+commence|on\s+va\s+commencer|on\s+s['’]arr[êe]te|je\s+dicte|je\s+l[èe]ve|il\s+est\s*,?\s*\d)"
    );
    let count = talk.sentences.len();
    let ends = |at: usize| at < 8 || at + 12 > count;
    (0..count).filter(|at| ends(*at) && HOUR.is_match(&talk.sentences[*at].text)).collect()
}
