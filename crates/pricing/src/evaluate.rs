//! The judge: what an assignment really costs, ticket by ticket, in whole cents. The search proposes, this
//! module decides; it shares no arithmetic with the bounds of the search.

use crate::model::{Model, Pattern, UseId};
use crate::money::Cents;
use crate::spread::spread;

/// How many tickets of each class follow each pattern: `counts[class][pattern]`.
pub(crate) type Counts = Vec<Vec<u32>>;

/// One ticket of an assignment.
#[derive(Debug, Clone)]
pub(crate) struct Ticket {
    /// Place of its line in the basket.
    pub(crate) line: usize,
    /// Its class.
    pub(crate) class: usize,
    /// Its pattern in the class.
    pub(crate) pattern: usize,
    /// What is left to pay.
    pub(crate) price: Cents,
    /// What each use takes off, in the order of acting.
    pub(crate) shares: Vec<(UseId, Cents)>,
}

impl Ticket {
    fn take_off(&mut self, id: UseId, saving: Cents) {
        self.price -= saving;
        self.shares.push((id, saving));
    }
}

/// The tickets of an assignment with nothing done to them yet, in basket order. Within a class the earlier tickets are
/// discounted or paid, the later ones are rewarded or left alone.
pub(crate) fn tickets(model: &Model<'_>, counts: &Counts) -> Vec<Ticket> {
    let mut tickets = Vec::new();
    for (index, class) in model.classes.iter().enumerate() {
        let mut patterns: Vec<usize> =
            (0..class.patterns.len()).filter(|pattern| counts[index][*pattern] > 0).collect();
        patterns.sort_by_key(|pattern| precedence(&class.patterns[*pattern]));
        let mut queue =
            patterns.into_iter().flat_map(|pattern| std::iter::repeat_n(pattern, counts[index][pattern] as usize));
        for (line, quantity) in &class.lines {
            for pattern in queue.by_ref().take(*quantity as usize) {
                tickets.push(Ticket { line: *line, class: index, pattern, price: class.price, shares: Vec::new() });
            }
        }
    }
    tickets.sort_by_key(|ticket| ticket.line);
    tickets
}

fn precedence(pattern: &Pattern) -> (u8, Option<UseId>) {
    use crate::model::Role;
    let step = match pattern.ticket() {
        Some((_, Role::Discounted)) => 0,
        Some((_, Role::Paid)) => 1,
        Some((_, Role::Rewarded)) => 2,
        None if pattern.uses().next().is_some() => 0,
        None => 3,
    };
    (step, pattern.uses().next())
}

/// Lets the active uses act on the tickets, layer by layer.
pub(crate) fn settle(model: &Model<'_>, active: &[bool], tickets: &mut [Ticket]) {
    let pattern = |ticket: &Ticket| -> &Pattern { &model.classes[ticket.class].patterns[ticket.pattern] };
    for ticket in tickets.iter_mut() {
        if let Some(id) = pattern(ticket).base() {
            let saving = ticket.price - pattern(ticket).base_price;
            ticket.take_off(id, saving);
        }
    }
    act(model, tickets, |ticket| {
        let (id, role) = pattern(ticket).ticket()?;
        Some((id, model.ticket_saving(id, role, ticket.price)))
    });
    act(model, tickets, |ticket| {
        let id = pattern(ticket).percent()?;
        Some((id, model.percent_saving(id, ticket.price)))
    });
    for (id, mut covered) in coverage(model, active, tickets) {
        let Some(amount) = model.terms[id].amount else { continue };
        covered.retain(|index| tickets[*index].price > Cents::ZERO);
        let rest: Vec<Cents> = covered.iter().map(|index| tickets[*index].price).collect();
        let payable = amount.at_most(rest.iter().copied().sum());
        for (index, share) in covered.into_iter().zip(spread(payable, &rest)) {
            tickets[index].take_off(id, share);
        }
    }
}

/// Lets one layer act: each ticket's own saving, unless the cap of its use is reached and is spread.
fn act(model: &Model<'_>, tickets: &mut [Ticket], saving: impl Fn(&Ticket) -> Option<(UseId, Cents)>) {
    let savings: Vec<Option<(UseId, Cents)>> = tickets.iter().map(saving).collect();
    let mut capped: Vec<UseId> = Vec::new();
    for (ticket, saving) in tickets.iter_mut().zip(&savings) {
        match saving {
            Some((id, _)) if capped.contains(id) => {}
            Some((id, _)) if model.terms[*id].cap.is_some() => capped.push(*id),
            Some((id, saving)) => ticket.take_off(*id, *saving),
            None => {}
        }
    }
    for id in capped {
        let members: Vec<usize> =
            (0..tickets.len()).filter(|index| savings[*index].is_some_and(|(other, _)| other == id)).collect();
        let uncapped: Vec<Cents> =
            members.iter().filter_map(|index| savings[*index].map(|(_, saving)| saving)).collect();
        let sum: Cents = uncapped.iter().copied().sum();
        let shares = match model.terms[id].cap {
            Some(cap) if sum > cap => spread(cap, &uncapped),
            _ => uncapped,
        };
        for (index, share) in members.into_iter().zip(shares) {
            tickets[index].take_off(id, share);
        }
    }
}

/// Which tickets each amount covers, in the order of acting: unstackable ones share nothing, of the stackable ones the
/// one with the fewest tickets acts first, because the others can turn to other tickets.
fn coverage(model: &Model<'_>, active: &[bool], tickets: &[Ticket]) -> Vec<(UseId, Vec<usize>)> {
    let mut covered: Vec<(UseId, Vec<usize>)> = Vec::new();
    for id in (0..model.uses.len()).filter(|id| active[*id] && model.terms[*id].amount.is_some()) {
        let members = tickets.iter().enumerate().filter(|(_, ticket)| {
            let class = &model.classes[ticket.class];
            let pattern = &class.patterns[ticket.pattern];
            pattern.amount() == Some(id) || (pattern.open && class.amounts.contains(&id))
        });
        let members: Vec<usize> = members.map(|(index, _)| index).collect();
        if !members.is_empty() {
            covered.push((id, members));
        }
    }
    covered.sort_by_key(|(_, members)| members.len());
    covered
}

/// What the tickets cost with nothing done to them, those without a regular price at the model's price for them.
pub(crate) fn worth(model: &Model<'_>) -> Cents {
    model.classes.iter().map(|class| Cents(class.price.0 * i64::from(class.count))).sum()
}

/// Which uses the patterns name that tickets follow.
pub(crate) fn named_uses(model: &Model<'_>, counts: &Counts) -> Vec<bool> {
    let mut is_named = vec![false; model.uses.len()];
    for (class, counts) in model.classes.iter().zip(counts) {
        for (pattern, _) in class.patterns.iter().zip(counts).filter(|(_, count)| **count > 0) {
            pattern.uses().for_each(|id| is_named[id] = true);
        }
    }
    is_named
}

/// What an assignment saves, and nothing else.
pub(crate) fn saving(model: &Model<'_>, active: &[bool], counts: &Counts) -> Cents {
    let mut tickets = tickets(model, counts);
    let before: Cents = tickets.iter().map(|ticket| ticket.price).sum();
    settle(model, active, &mut tickets);
    before - tickets.iter().map(|ticket| ticket.price).sum()
}
