//! What does not add up in a meeting: quorum, attendance, proxies, votes, absent speakers,
//! decisions off the agenda. Nothing is repaired in silence: a value that cannot be right is taken
//! out of the record, and every doubt becomes a finding.
//!
//! Rules for councils: quorum on members physically present (CGCT L2121-17), one proxy for each
//! holder (L2121-20), names only for public ballots (L2121-21). An association's quorum comes from
//! its own statutes.

use super::people::People;
use super::presence;
use super::record::{Item, Kind, Meeting, Vote};
use super::template::of;
use super::vote::counts;
use crate::finding::{Finding, FindingKind};
use crate::reading::{Fact, facts, fold};

/// Checks the meeting and completes what arithmetic gives: the quorum, those in favour when only
/// the others are counted, impossible votes. The limit is that of proxies for one holder.
pub fn check(
    meeting: &mut Meeting,
    people: &People<'_>,
    limit: Option<u32>,
    findings: &mut Vec<Finding>,
) {
    notice(meeting, people.office.organisme.population, findings);
    quorum(meeting, findings);
    attendance(meeting, people, findings);
    let limit = if meeting.kind == Kind::Council { Some(1) } else { limit };
    proxies(meeting, limit, findings);
    let mut items = std::mem::take(&mut meeting.items);
    quorum_at_items(meeting, &mut items, findings);
    for index in 0..items.len() {
        let presence = items.get(index).and_then(|item| presence::at(meeting, &items, item));
        let away = |items: &[Item], name: &str| {
            items.get(index).is_some_and(|item| presence::is_away(meeting, items, item, name))
        };
        let named: Vec<String> = meeting.attendance.members().into_iter().map(|m| m.nom).collect();
        let away: Vec<String> = named.into_iter().filter(|name| away(&items, name)).collect();
        let Some(item) = items.get_mut(index) else { continue };
        off_agenda(meeting, item, findings);
        accounts(meeting, item, people, findings);
        ballot(meeting, item, presence, &away, findings);
        absent_speakers(item, &away, findings);
        ambiguous(item, people, findings);
    }
    meeting.items = items;
}

/// The notice of a council: three clear days before it, five from 3 500 inhabitants (CGCT L2121-11
/// and L2121-12); neither the day it goes out nor that of the meeting counts.
fn notice(meeting: &Meeting, population: Option<u32>, findings: &mut Vec<Finding>) {
    let day = |text: Option<&String>| {
        facts(text?).into_iter().find_map(|found| match found.fact {
            Fact::Date(date) => date.civil(),
            _ => None,
        })
    };
    let (Some(sent), Some(held)) = (day(meeting.convocation.as_ref()), day(meeting.date.as_ref()))
    else {
        return;
    };
    let asked = if population.is_some_and(|count| count >= 3_500) { 5 } else { 3 };
    let clear = (held - sent).get_days() - 1;
    if meeting.kind == Kind::Council && clear < asked {
        findings.push(Finding::check(
            FindingKind::Missing,
            None,
            format!(
                "Convocation {} pour le {} : {} jour(s) franc(s), il en faut {asked}, sauf urgence (CGCT L2121-11, L2121-12) ; vérifiez.",
                meeting.convocation.as_deref().unwrap_or_default(),
                meeting.date.as_deref().unwrap_or_default(),
                clear.max(0),
            ),
        ));
    }
}

fn quorum(meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    let second = meeting.second_notice;
    let attendance = &mut meeting.attendance;
    let said = attendance.quorum.take();
    if second {
        attendance.quorum_fraction = None;
        return;
    }
    let Some(in_office) = attendance.in_office else {
        attendance.quorum = said.filter(|_| meeting.kind != Kind::Council);
        return;
    };
    attendance.quorum = match (meeting.kind, attendance.quorum_fraction) {
        (Kind::Council, _) => Some(in_office / 2 + 1),
        (_, Some((over, under))) if under > 0 => {
            Some(in_office.saturating_mul(over).div_ceil(under))
        }
        _ => said,
    };
    if let (Some(quorum), Some(said)) = (attendance.quorum, said)
        && quorum != said
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!("Les notes disent un quorum de {said} ; pour {in_office} membres il est de {quorum}."),
        ));
    }
    let (Some(quorum), Some(present)) = (attendance.quorum, attendance.present_at_opening()) else {
        return;
    };
    let counted = match meeting.kind {
        Kind::Council => present,
        _ => {
            let voting = present.saturating_sub(attendance.without_vote.unwrap_or(0));
            voting.saturating_add(attendance.represented())
        }
    };
    if counted < quorum {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!("Quorum non atteint à l’ouverture d’après les notes : {counted} présents pour un quorum de {quorum}."),
        ));
    }
}

/// The quorum again at each item: members come and go. Below it nothing can be voted.
fn quorum_at_items(meeting: &Meeting, items: &mut [Item], findings: &mut Vec<Finding>) {
    let Some(quorum) = meeting.attendance.quorum.filter(|_| meeting.kind == Kind::Council) else {
        return;
    };
    let opened = meeting.attendance.present_at_opening().is_some_and(|n| n >= quorum);
    let mut lost: Vec<(usize, u32)> = Vec::new();
    let mut doubt: Option<(usize, u32)> = None;
    for (index, item) in items.iter().enumerate() {
        let told = item.vote.is_some() || !item.parts.is_empty() || !item.clauses.is_empty();
        let Some(presence) = presence::at(meeting, items, item).filter(|_| told) else { continue };
        if presence.present.most < quorum {
            lost.push((index, presence.present.most));
        } else if presence.present.fewest < quorum && item.vote.is_some() && opened {
            doubt = doubt.or(Some((index, presence.present.fewest)));
        }
    }
    lost.sort_by_key(|(index, _)| items.get(*index).map_or(0, |i| i.treated));
    if let Some((first, present)) = lost.first().filter(|_| opened)
        && let Some(item) = items.get(*first)
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            Some(item.span.clone()),
            format!(
                "Quorum perdu à partir de « {} » : {present} présents pour un quorum de {quorum}. Ce qui suit ne peut pas être voté : le document laisse ces votes à compléter.",
                item.title
            ),
        ));
    } else if let Some((index, present)) = doubt
        && let Some(item) = items.get(index)
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            Some(item.span.clone()),
            format!(
                "« {} » : selon l’heure des arrivées et des départs, {present} présents pour un quorum de {quorum} ; vérifiez.",
                item.title
            ),
        ));
    }
    for (index, present) in lost {
        let Some(item) = items.get_mut(index) else { continue };
        if item.miscellaneous || (item.vote.is_none() && item.parts.is_empty()) {
            continue;
        }
        item.quorum_lost = Some(present);
        item.vote.iter_mut().chain(item.parts.iter_mut().map(|p| &mut p.vote)).for_each(|vote| {
            vote.possible = false;
        });
    }
}

fn attendance(meeting: &Meeting, people: &People<'_>, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    if a.present.is_empty() {
        return;
    }
    for name in &a.present {
        if a.excused.contains(name) || a.absent.contains(name) {
            findings.push(Finding::check(
                FindingKind::Name,
                None,
                format!(
                    "{name} figure à la fois parmi les présents et parmi les absents : vérifiez."
                ),
            ));
        }
    }
    if meeting.kind != Kind::Council {
        return;
    }
    let Some(in_office) = a.in_office else { return };
    let late = a.arrivals.iter().filter(|x| !a.present.contains(&x.name)).count();
    let givers = a.proxies.iter().filter(|p| !a.arrivals.iter().any(|x| x.name == p.giver)).count();
    let listed = a.present.len() + late + givers + a.excused.len() + a.absent.len();
    if listed == in_office as usize {
        return;
    }
    let missing: Vec<&str> = people
        .office
        .conseil
        .membres
        .iter()
        .map(|m| m.nom.as_str())
        .filter(|name| !a.members().iter().any(|m| m.nom == *name))
        .collect();
    let who = if missing.is_empty() || missing.len() > 6 || listed > in_office as usize {
        String::new()
    } else {
        format!(" Non cités : {}.", missing.join(", "))
    };
    findings.push(Finding::check(
        FindingKind::Quorum,
        None,
        format!(
            "Présences : {listed} membres cités (présents {}, arrivés ensuite {late}, représentés {givers}, excusés {}, absents {}) pour {in_office} en exercice.{who}",
            a.present.len(), a.excused.len(), a.absent.len()
        ),
    ));
}

fn proxies(meeting: &Meeting, limit: Option<u32>, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    let mut flag =
        |message: String| findings.push(Finding::check(FindingKind::Proxy, None, message));
    let given: Vec<(&String, &String)> = a
        .proxies
        .iter()
        .map(|p| (&p.giver, &p.holder))
        .chain(a.departures.iter().filter_map(|d| Some((&d.name, d.holder.as_ref()?))))
        .collect();
    for (index, (giver, holder)) in given.iter().enumerate() {
        let held = given.iter().filter(|(_, h)| h == holder).count();
        let last = given.iter().skip(index + 1).all(|(_, h)| h != holder);
        if last && limit.is_some_and(|limit| held > limit as usize) {
            let law = match meeting.kind {
                Kind::Council => "un seul est possible au conseil".to_owned(),
                _ => format!("les statuts en permettent {}", limit.unwrap_or(0)),
            };
            flag(format!("Pouvoirs : {holder} en porte {held}, {law} ; vérifiez les votes."));
        }
        let there =
            |name: &String| a.present.contains(name) || a.arrivals.iter().any(|x| x.name == *name);
        if !a.present.is_empty() && !there(holder) {
            flag(format!(
                "Pouvoir {} à {holder} : ce dernier nom n’est pas parmi les présents, le pouvoir ne peut pas servir.",
                of(giver)
            ));
        }
        if a.present.contains(giver) && !a.departures.iter().any(|d| d.name == **giver) {
            flag(format!("{giver} a donné pouvoir mais figure aussi parmi les présents."));
        }
        if giver == holder {
            flag(format!("{giver} ne peut pas se donner pouvoir : vérifiez."));
        }
        if index > 0 && given.iter().take(index).any(|(g, h)| g == giver && h != holder) {
            flag(format!("{giver} a donné pouvoir à deux personnes : un seul compte."));
        }
        if let Some(gone) = a.departures.iter().find(|d| d.name == **holder) {
            let when = gone.hour.as_ref().map_or(String::new(), |h| format!(" ({h})"));
            flag(format!(
                "Pouvoir {} : il n’a plus d’effet après le départ {}{when}.",
                of(giver),
                of(holder)
            ));
        }
    }
}

/// « Questions diverses » never yields a vote: what was voted there is told, not decided.
fn off_agenda(meeting: &Meeting, item: &mut Item, findings: &mut Vec<Finding>) {
    let unlisted = !meeting.agenda.is_empty() && !meeting.agenda.contains(&item.title);
    if !(item.miscellaneous || unlisted) {
        return;
    }
    let said = item.clauses.iter().any(|c| {
        let c = fold(c);
        ["vote", "votee", "adopte", "approuve"]
            .iter()
            .any(|w| c.split(|x: char| !x.is_alphanumeric()).any(|t| t == *w))
    });
    if item.vote.is_none() && item.parts.is_empty() && !said {
        return;
    }
    item.parts.clear();
    let span = item.vote.take().map_or_else(|| item.span.clone(), |v| v.span);
    findings.push(Finding::check(
        FindingKind::OffAgenda,
        Some(span),
        format!(
            "« {} » : une décision est notée hors de l’ordre du jour. Le document ne la donne pas comme votée : à inscrire à l’ordre du jour d’une prochaine séance.",
            item.title
        ),
    ));
}

/// On the accounts of the year the mayor withdraws and another presides (CGCT L2121-14).
fn accounts(meeting: &Meeting, item: &Item, people: &People<'_>, findings: &mut Vec<Finding>) {
    if meeting.kind != Kind::Council || item.vote.is_none() {
        return;
    }
    let title = fold(&item.title);
    let has = |word: &str| title.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
    let accounts = title.contains("compte administratif")
        || title.contains("compte financier unique")
        || has("cfu")
        || (has("ca") && title.contains("20"));
    let Some(mayor) = people.office.conseil.maire.as_ref().filter(|_| accounts) else { return };
    let there = meeting.attendance.present.contains(mayor);
    if there && !item.not_voting.contains(mayor) {
        findings.push(Finding::check(
            FindingKind::Vote,
            Some(item.span.clone()),
            format!(
                "{} : le maire doit se retirer au moment du vote et une autre personne présider ; les notes ne le disent pas.",
                item.title
            ),
        ));
    } else if there && item.chair.is_none() {
        findings.push(Finding::check(
            FindingKind::Missing,
            Some(item.span.clone()),
            format!("{} : les notes ne disent pas qui a présidé pendant le vote.", item.title),
        ));
    }
}

/// Checks the votes of an item.
fn ballot(
    meeting: &Meeting,
    item: &mut Item,
    presence: Option<presence::Presence>,
    away: &[String],
    findings: &mut Vec<Finding>,
) {
    let about = About {
        kind: meeting.kind,
        majority: meeting.majority,
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
        about.check(&title, &mut part.vote, findings);
    }
}

/// What a vote is checked against.
struct About<'a> {
    kind: Kind,
    majority: Option<(u32, u32)>,
    public: bool,
    secret: bool,
    out: usize,
    voters: Option<presence::Range>,
    away: &'a [String],
}

impl About<'_> {
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
        let [in_favour, against, abstentions] = counts(vote);
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
            let reached = in_favour * under >= (in_favour + against) * over;
            if !reached {
                flag(format!(
                    "Vote « {title} » : {in_favour} pour sur {} voix exprimées, la majorité des {over}/{under} n’est pas atteinte : le document dit « rejeté ».",
                    in_favour + against
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

/// A member who is not there cannot speak: the account says that the view was reported.
fn absent_speakers(item: &mut Item, away: &[String], findings: &mut Vec<Finding>) {
    for clause in &mut item.clauses {
        let bare = ["Mme ", "M. ", "Mlle ", "Madame ", "Monsieur "]
            .iter()
            .find_map(|civility| clause.strip_prefix(civility))
            .unwrap_or(clause);
        let Some(name) = away.iter().find(|n| bare.starts_with(n.as_str())) else { continue };
        let said = &bare[name.len()..];
        if !speaks(said) {
            continue;
        }
        let said = said.trim_start_matches([' ', ':', ',']).to_owned();
        findings.push(Finding::check(
            FindingKind::AbsentSpeaker,
            Some(item.span.clone()),
            format!("{name} n’était pas en séance : le document dit que sa position est rapportée, non qu’elle ou il l’a exprimée."),
        ));
        *clause = format!("La position {}, absence notée, est rapportée : {said}", of(name));
    }
}

/// Whether what follows a name is a speech or a position.
fn speaks(said: &str) -> bool {
    const VERBS: [&str; 34] = [
        "demande",
        "propose",
        "dit",
        "trouve",
        "pense",
        "estime",
        "souhaite",
        "rappelle",
        "precise",
        "presente",
        "s'interroge",
        "s'oppose",
        "contre",
        "pour",
        "explique",
        "regrette",
        "remercie",
        "intervient",
        "fait",
        "signale",
        "informe",
        "prefere",
        "veut",
        "repond",
        "ajoute",
        "soutient",
        "vote",
        "voudrait",
        "insiste",
        "craint",
        "alerte",
        "remarque",
        "lit",
        "suggere",
    ];
    let folded = fold(said);
    let trimmed = folded.trim_start();
    let first = trimmed.split([' ', ',', '.']).next().unwrap_or_default();
    trimmed.starts_with(':') || VERBS.contains(&first)
}

/// A name that two members bear cannot be given to one of them.
fn ambiguous(item: &Item, people: &People<'_>, findings: &mut Vec<Finding>) {
    for clause in &item.clauses {
        for (members, span) in people.roster.ambiguous(clause) {
            let who: Vec<&str> = members.iter().map(|m| people.roster.full_name(*m)).collect();
            let message = format!(
                "« {} » : « {} » peut être {} ; précisez.",
                item.title,
                &clause[span],
                who.join(" ou ")
            );
            if !findings.iter().any(|f| f.message == message) {
                findings.push(Finding::check(FindingKind::Name, Some(item.span.clone()), message));
            }
        }
    }
}

#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;
