//! Votes against the people who could vote, the names given, the majority asked and the result told.

use crate::finding::{Finding, FindingKind};
use crate::task::minutes::presence;
use crate::task::minutes::record::{Item, Kind, Meeting, Vote};
use crate::task::minutes::vote::counts;

/// Checks the votes of an item.
pub(super) fn ballot(
    meeting: &Meeting,
    item: &mut Item,
    presence: Option<presence::Presence>,
    away: &[String],
    findings: &mut Vec<Finding>,
) {
    let about = About {
        kind: meeting.kind,
        majority: meeting.majority,
        of_all: meeting.majority_of_all,
        public: item.public_ballot,
        secret: item.secret_ballot,
        out: item.not_voting.len(),
        voters: presence.map(|p| p.voters),
        away,
    };
    if item.quorum_lost.is_some() {
        return;
    }
    if let Some(vote) = &mut item.vote {
        about.check(&item.title, vote, findings);
    }
    for part in &mut item.parts {
        let title = format!("{}, {}", item.title, part.subject);
        // Who takes no part in one vote of an item may take part in the others.
        let most = |range: presence::Range| presence::Range {
            most: range.most + u32::try_from(about.out).unwrap_or(0),
            ..range
        };
        let about = About { voters: about.voters.map(most), ..about };
        about.check(&title, &mut part.vote, findings);
    }
}

/// What a vote is checked against.
#[derive(Clone, Copy)]
struct About<'a> {
    kind: Kind,
    majority: Option<(u32, u32)>,
    of_all: bool,
    public: bool,
    secret: bool,
    out: usize,
    voters: Option<presence::Range>,
    away: &'a [String],
}

impl About<'_> {
    /// Checks one vote: names, who is left to count, unanimity, result, how many could vote.
    fn check(&self, title: &str, vote: &mut Vote, findings: &mut Vec<Finding>) {
        let span = vote.span.clone();
        let mut flag = |message: String| {
            findings.push(Finding::check(FindingKind::Vote, Some(span.clone()), message));
        };
        self.names(title, vote, &mut flag);
        if !vote.possible {
            return;
        }
        if vote.rest_in_favour {
            self.complete(title, vote, &mut flag);
        }
        if !vote.possible || (vote.rest_in_favour && vote.in_favour.is_none()) {
            return;
        }
        let [_, against, _] = counts(vote);
        if vote.unanimous && against > 0 {
            vote.possible = false;
            flag(format!(
                "Vote « {title} » : l’unanimité ne va pas avec {against} contre ; nombres laissés à compléter."
            ));
            return;
        }
        let total = vote.total();
        if total == 0 {
            if !vote.unanimous && vote.result.is_some() {
                flag(format!(
                    "Vote « {title} » : les notes donnent le résultat sans les nombres de voix : à compléter."
                ));
            }
            return;
        }
        self.outcome(title, vote, &mut flag);
        if let Some(cast) = vote.cast.filter(|cast| *cast != total) {
            flag(format!(
                "Vote « {title} » : les notes comptent {cast} votants, les voix font {total}."
            ));
        }
        self.turnout(title, vote, &mut flag);
    }

    /// The votes against those who could vote.
    fn turnout(&self, title: &str, vote: &mut Vote, flag: &mut dyn FnMut(String)) {
        let ([in_favour, against, abstentions], total) = (counts(vote), vote.total());
        // « 12 pour » alone may leave out those against: unanimous only if all voted so.
        let Some(range) = self.voters else { return };
        let others = against.saturating_add(abstentions).saturating_add(vote.blank.unwrap_or(0));
        if others == 0 && range.holds(total) {
            vote.unanimous = true;
        }
        let (most, fewest) = (range.most, range.fewest);
        if total > most {
            vote.possible = false;
            flag(format!(
                "Vote « {title} » : {in_favour} pour, {against} contre, {abstentions} abstention(s) font {total} votes, mais {most} votants au plus (présents, pouvoirs{}) : nombres laissés à compléter.",
                if self.out > 0 { ", moins les membres qui ne votent pas" } else { "" }
            ));
        } else if total < fewest {
            flag(format!(
                "Vote « {title} » : {total} votes notés pour {fewest} votants : il en manque, vérifiez les nombres."
            ));
        }
    }

    /// Names are for public ballots; those who are away do not vote; as many names as votes.
    fn names(&self, title: &str, vote: &mut Vote, flag: &mut dyn FnMut(String)) {
        let Some(names) = &vote.names else {
            if self.public && self.kind == Kind::Council {
                flag(format!(
                    "{title} : scrutin public, mais les notes ne disent pas qui a voté quoi : noms à compléter."
                ));
            }
            return;
        };
        if let Some(name) = names.iter().flatten().find(|n| self.away.contains(n) && !self.public) {
            flag(format!("{title} : {name} est dit avoir voté, mais n’était pas en séance."));
        }
        let given = [vote.in_favour, vote.against, vote.abstentions];
        for ((what, list), count) in ["pour", "contre", "abstention"].iter().zip(names).zip(given) {
            if let Some(count) = count
                && !list.is_empty()
                && list.len() != count as usize
            {
                flag(format!(
                    "{title} : {count} {what}, mais {} noms donnés : vérifiez.",
                    list.len()
                ));
            }
        }
        if !self.public && self.kind == Kind::Council {
            vote.names = None;
            flag(format!(
                "{title} : les notes nomment les votants d’un scrutin ordinaire ; seuls les nombres sont imprimés."
            ));
        } else if !self.public {
            vote.names = None;
        }
    }

    /// « tous pour sauf 2 abst »: the others are all the voters but those.
    fn complete(&self, title: &str, vote: &mut Vote, flag: &mut dyn FnMut(String)) {
        if vote.others > 0 {
            vote.possible = false;
            flag(format!(
                "Vote « {title} » : {} voix ne sont pas pour, contre ou abstention les notes ne le disent pas : nombres laissés à compléter.",
                vote.others
            ));
            return;
        }
        let said =
            vote.against.unwrap_or(0) + vote.abstentions.unwrap_or(0) + vote.blank.unwrap_or(0);
        match self.voters.and_then(presence::Range::exact) {
            Some(all) if all > said => vote.in_favour = Some(all - said),
            Some(_) => {
                vote.possible = false;
                flag(format!(
                    "Vote « {title} » : plus de voix contre ou d’abstentions que de votants."
                ));
            }
            // Nobody against: « à l'unanimité des suffrages exprimés » needs no count.
            None if vote.against.unwrap_or(0) == 0 => {}
            None => flag(format!(
                "Vote « {title} » : le nombre de voix pour n’est pas noté et ne peut pas être calculé : à compléter."
            )),
        }
    }

    /// Adopted or rejected: what the notes say against what the counts say.
    fn outcome(&self, title: &str, vote: &mut Vote, flag: &mut dyn FnMut(String)) {
        let (Some(in_favour), against) = (vote.in_favour, vote.against.unwrap_or(0)) else {
            return;
        };
        if let Some((over, under)) = self.majority {
            let (base, what) = if self.of_all {
                (vote.total(), "membres présents et représentés")
            } else {
                (in_favour + against, "voix exprimées")
            };
            let reached = in_favour * under >= base * over;
            if !reached {
                flag(format!(
                    "Vote « {title} » : {in_favour} pour sur {base} {what}, la majorité des {over}/{under} n’est pas atteinte : le document dit « rejeté »."
                ));
            }
            vote.result = Some(reached);
            return;
        }
        if in_favour == against {
            if self.kind == Kind::Council && (self.secret || !vote.casting) {
                let why = if self.secret {
                    "au scrutin secret il n’y a pas de voix prépondérante"
                } else {
                    "les notes ne disent pas ce que la voix du président a décidé"
                };
                flag(format!("Vote « {title} » : {in_favour} voix contre {against}, {why}."));
            } else if vote.result.is_none() {
                flag(format!(
                    "Vote « {title} » : égalité, le résultat n’est pas dans les notes : à compléter."
                ));
            }
            return;
        }
        if vote.result.is_some_and(|adopted| adopted != (in_favour > against)) {
            vote.possible = false;
            let said = if vote.result == Some(true) { "adopté" } else { "rejeté" };
            flag(format!(
                "Vote « {title} » : les notes disent « {said} » avec {in_favour} pour et {against} contre : nombres laissés à compléter."
            ));
        }
    }
}
