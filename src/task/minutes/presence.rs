//! Who is there when an item is treated, and how many may vote on it.
//!
//! Notes tell items in the order they were treated, so that an arrival or departure noted among
//! them has its place. One noted in the header with an item or an hour alone leaves a doubt; so
//! does a proxy that breaks a rule. Numbers are therefore ranges: fewest and most.

use super::record::{Arrival, Departure, Item, Kind, Meeting, When};

/// Fewest and most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range {
    /// Certain.
    pub fewest: u32,
    /// Possible.
    pub most: u32,
}

impl Range {
    fn add(&mut self, held: Held) {
        match held {
            Held::Yes => {
                self.fewest = self.fewest.saturating_add(1);
                self.most = self.most.saturating_add(1);
            }
            Held::Maybe => self.most = self.most.saturating_add(1),
            Held::No => {}
        }
    }

    /// Whether the number is certain.
    pub fn exact(self) -> Option<u32> {
        (self.fewest == self.most).then_some(self.most)
    }

    /// Whether the number is possible.
    pub fn holds(self, count: u32) -> bool {
        (self.fewest..=self.most).contains(&count)
    }
}

/// People of one item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Presence {
    /// Members in the room.
    pub present: Range,
    /// Members able to vote, proxies included, those left out who do not take part.
    pub voters: Range,
}

/// Whether something holds for an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    No,
    Maybe,
}

impl Held {
    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Maybe => Self::Maybe,
        }
    }

    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Maybe,
        }
    }
}

/// The presence at an item; the items are those of the meeting. Nothing when the attendance is
/// not known.
pub fn at(meeting: &Meeting, items: &[Item], item: &Item) -> Option<Presence> {
    let a = &meeting.attendance;
    let opening = a.present_at_opening()?;
    let there = |name: &str| is_there(meeting, items, item, name);
    let mut present = Range::default();
    if a.present.is_empty() {
        present = Range { fewest: opening, most: opening };
        for x in &a.arrivals {
            (0..x.count()).for_each(|_| present.add(happened(x.when, items, item)));
        }
        for x in &a.departures {
            match happened(x.when, items, item) {
                Held::Yes => {
                    present.fewest = present.fewest.saturating_sub(x.count());
                    present.most = present.most.saturating_sub(x.count());
                }
                Held::Maybe => present.fewest = present.fewest.saturating_sub(x.count()),
                Held::No => {}
            }
        }
    } else {
        let mut names: Vec<&String> = a.present.iter().collect();
        names.extend(a.arrivals.iter().map(|x| &x.name));
        names.sort_unstable();
        names.dedup();
        names.iter().for_each(|name| present.add(there(name)));
    }
    let mut voters = present;
    let mute = a.without_vote.unwrap_or(0);
    voters.fewest = voters.fewest.saturating_sub(mute);
    voters.most = voters.most.saturating_sub(mute);
    if a.proxies.is_empty() {
        let count = a.proxy_count.unwrap_or(0);
        let gone = |held: Held| -> u32 {
            let left = |x: &&Departure| match happened(x.when, items, item) {
                Held::Yes => true,
                Held::Maybe => held == Held::Maybe,
                Held::No => false,
            };
            a.departures.iter().filter(left).map(|x| x.carried).sum()
        };
        voters.fewest += count.saturating_sub(gone(Held::Maybe));
        voters.most += count.saturating_sub(gone(Held::Yes));
    }
    let mut holders: Vec<&str> = Vec::new();
    let given = a.proxies.iter().map(|p| (p.giver.as_str(), p.holder.as_str(), Held::Yes));
    let left = a.departures.iter().filter_map(|d| {
        Some((d.name.as_str(), d.holder.as_deref()?, happened(d.when, items, item)))
    });
    for (giver, holder, begun) in given.chain(left) {
        let mut held = begun;
        // Once its giver is there, a proxy has no object.
        held = held.and(there(giver).not());
        let named = !a.present.is_empty();
        if named {
            // One whose holder is never there is for the user to settle: it may have been counted.
            let absent = a.absent.iter().chain(&a.excused).any(|name| name == holder);
            held = match there(holder) {
                Held::No if absent || known(meeting, holder) => Held::No,
                Held::No => held.and(Held::Maybe),
                here => held.and(here),
            };
        }
        let out = item.not_voting.iter().any(|n| n == holder || n == giver);
        let doubled = meeting.kind == Kind::Council && holders.contains(&holder);
        holders.push(holder);
        if doubled || out {
            held = held.and(Held::Maybe);
        }
        voters.add(held);
    }
    for name in &item.not_voting {
        // Those who are not there have nothing to leave.
        let gone = a.present.is_empty() || there(name) != Held::No;
        if gone {
            voters.fewest = voters.fewest.saturating_sub(1);
            voters.most = voters.most.saturating_sub(1);
        }
    }
    Some(Presence { present, voters })
}

/// Whether the member certainly was not in the room when the item was treated.
pub fn is_away(meeting: &Meeting, items: &[Item], item: &Item, name: &str) -> bool {
    let a = &meeting.attendance;
    if a.present.is_empty() {
        return a
            .excused
            .iter()
            .chain(&a.absent)
            .chain(a.proxies.iter().map(|p| &p.giver))
            .any(|n| n == name);
    }
    is_there(meeting, items, item, name) == Held::No
}

/// Whether the member was in the room at some time.
fn known(meeting: &Meeting, name: &str) -> bool {
    let a = &meeting.attendance;
    a.present.iter().any(|n| n == name) || a.arrivals.iter().any(|x| x.name == name)
}

fn is_there(meeting: &Meeting, items: &[Item], item: &Item, name: &str) -> Held {
    let a = &meeting.attendance;
    let mut held = if a.present.iter().any(|n| n == name) { Held::Yes } else { Held::No };
    let came = |x: &&Arrival| x.name == name;
    let went = |x: &&Departure| x.name == name;
    let came: Vec<Held> =
        a.arrivals.iter().filter(came).map(|x| happened(x.when, items, item)).collect();
    let went: Vec<Held> =
        a.departures.iter().filter(went).map(|x| happened(x.when, items, item)).collect();
    let starts_in = held == Held::Yes;
    if !starts_in && let Some(first) = came.first() {
        held = *first;
    }
    if let Some(out) = went.first() {
        held = held.and(out.not());
        // Came back after having left.
        if starts_in && let Some(back) = came.first() {
            held = match back {
                Held::Yes => Held::Yes,
                Held::Maybe if held == Held::No => Held::Maybe,
                _ => held,
            };
        }
    }
    held
}

/// Whether what happened at that time had happened when the item was voted.
fn happened(when: When, items: &[Item], item: &Item) -> Held {
    let order = |n: u32| items.iter().find(|i| i.number == Some(n)).map(|i| i.treated);
    let compare = |n: u32| match order(n) {
        Some(treated) => item.treated.cmp(&treated),
        None => item.number.unwrap_or(u32::MAX).cmp(&n),
    };
    match when {
        When::Unknown => Held::Maybe,
        When::At(place) => {
            let voted = item.vote.as_ref().map_or(item.span.end, |v| v.span.start);
            let parts = item.parts.first().map_or(voted, |p| p.vote.span.start.min(voted));
            if place <= parts { Held::Yes } else { Held::No }
        }
        When::During(n) => match compare(n) {
            std::cmp::Ordering::Less => Held::No,
            std::cmp::Ordering::Equal => Held::Maybe,
            std::cmp::Ordering::Greater => Held::Yes,
        },
        When::Before(n) if compare(n).is_lt() => Held::No,
        When::After(n) if compare(n).is_le() => Held::No,
        When::Before(_) | When::After(_) => Held::Yes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::minutes::record::{Attendance, Proxy};

    fn meeting() -> Meeting {
        let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect();
        Meeting {
            attendance: Attendance {
                present: names(&["A", "B", "C", "D"]),
                proxies: vec![Proxy { giver: "F".into(), holder: "A".into() }],
                ..Attendance::default()
            },
            ..Meeting::empty(Kind::Council)
        }
    }

    /// Items 1, 3 and 2, in the order of the notes.
    fn items() -> Vec<Item> {
        [(1, 0), (3, 1), (2, 2)]
            .map(|(number, treated)| Item {
                number: Some(number),
                treated,
                span: treated * 100..treated * 100 + 90,
                ..Item::default()
            })
            .into()
    }

    /// Present and voters at items 1, 3 and 2.
    fn told(meeting: &Meeting, items: &[Item]) -> String {
        let show =
            |r: Range| r.exact().map_or(format!("{}-{}", r.fewest, r.most), |n| n.to_string());
        items
            .iter()
            .map(|item| at(meeting, items, item).unwrap())
            .map(|p| format!("{}/{}", show(p.present), show(p.voters)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn arrivals_count_from_when_they_come() {
        for (when, expected) in [
            (When::Unknown, "4-5/5-6 4-5/5-6 4-5/5-6"),
            (When::During(3), "4/5 4-5/5-6 5/6"),
            (When::Before(3), "4/5 5/6 5/6"),
            (When::After(3), "4/5 4/5 5/6"),
            (When::At(150), "4/5 5/6 5/6"),
            (When::Before(2), "4/5 4/5 5/6"),
        ] {
            let mut meeting = meeting();
            meeting.attendance.arrivals =
                vec![Arrival { name: "E".into(), when, ..Arrival::default() }];
            assert_eq!(told(&meeting, &items()), expected, "{when:?}");
        }
    }

    #[test]
    fn who_leaves_takes_their_proxy_away_or_gives_one() {
        let left = |name: &str, holder: Option<&str>| {
            let mut meeting = meeting();
            let holder = holder.map(str::to_owned);
            meeting.attendance.departures = vec![Departure {
                name: name.into(),
                when: When::After(1),
                holder,
                ..Departure::default()
            }];
            told(&meeting, &items())
        };
        assert_eq!(left("B", None), "4/5 3/4 3/4");
        assert_eq!(left("A", None), "4/5 3/3 3/3");
        assert_eq!(left("B", Some("C")), "4/5 3/5 3/5");
    }

    #[test]
    fn a_giver_who_comes_votes_alone() {
        let mut meeting = meeting();
        meeting.attendance.arrivals =
            vec![Arrival { name: "F".into(), when: When::Before(3), ..Arrival::default() }];
        assert_eq!(told(&meeting, &items()), "4/5 5/5 5/5");
    }

    #[test]
    fn proxies_that_break_a_rule_leave_a_doubt() {
        let mut meeting = meeting();
        meeting.attendance.proxies.push(Proxy { giver: "G".into(), holder: "A".into() });
        assert!(told(&meeting, &items()).starts_with("4/5-6"));
        meeting.kind = Kind::Association;
        assert!(told(&meeting, &items()).starts_with("4/6"));
        meeting.attendance.proxies[1].holder = "Z".into();
        assert!(told(&meeting, &items()).starts_with("4/5-6"));
    }

    #[test]
    fn counted_proxies_leave_with_their_holder() {
        let mut meeting = meeting();
        meeting.attendance =
            Attendance { present_count: Some(20), proxy_count: Some(6), ..Attendance::default() };
        meeting.attendance.departures = vec![Departure {
            name: "Z".into(),
            when: When::After(1),
            carried: 2,
            ..Departure::default()
        }];
        assert_eq!(told(&meeting, &items()), "20/26 19/23 19/23");
    }

    #[test]
    fn a_proxy_to_somebody_absent_is_none() {
        let mut meeting = meeting();
        meeting.attendance.proxies[0].holder = "Z".into();
        assert!(told(&meeting, &items()).starts_with("4/4-5"));
        meeting.attendance.absent = vec!["Z".into()];
        assert!(told(&meeting, &items()).starts_with("4/4 "));
    }

    #[test]
    fn who_does_not_take_part_is_no_voter() {
        let mut items = items();
        items[0].not_voting = vec!["A".into()];
        items[1].not_voting = vec!["B".into()];
        items[2].not_voting = vec!["Z".into()];
        assert_eq!(told(&meeting(), &items), "4/3-4 4/4 4/5");
    }

    #[test]
    fn numbers_stand_in_for_names() {
        let mut meeting = meeting();
        meeting.attendance =
            Attendance { present_count: Some(29), proxy_count: Some(9), ..Attendance::default() };
        assert!(told(&meeting, &items()).starts_with("29/38"));
    }
}
