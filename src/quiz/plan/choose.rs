//! Which questions a short sitting takes.

use super::candidate::Candidate;

/// What a sitting of so many questions should hold.
#[derive(Debug, Clone, Copy)]
struct Measure {
    least_open: usize,
    /// Open questions take long.
    most_open: usize,
    least_account: usize,
}

impl Measure {
    /// Of ten: two or three open, one about an account.
    const fn of(count: usize) -> Self {
        Measure {
            least_open: count / 5,
            most_open: (count * 3).div_ceil(10),
            least_account: if count < 5 { 0 } else { 1 },
        }
    }
}

/// The first `count` of those that wait, in their order, with three exceptions: siblings are left out while there are
/// others; no more open questions than a sitting bears; and at least a few open ones and one about an account, if there
/// are any.
pub(super) fn choose(waiting: Vec<Candidate<'_>>, count: usize) -> Vec<Candidate<'_>> {
    if count >= waiting.len() {
        return waiting;
    }
    let measure = Measure::of(count);
    let mut choice = Choice {
        taken: vec![false; waiting.len()],
        waiting: &waiting,
    };
    for (siblings, open) in [(false, false), (false, true), (true, false), (true, true)] {
        choice.fill(
            count,
            siblings,
            if open { count } else { measure.most_open },
        );
    }
    while choice.open() > measure.most_open
        && choice.exchange(|inside| !inside.is_open(), |out| out.is_open())
    {}
    while choice.open() < measure.least_open
        && choice.exchange(|inside| inside.is_open(), |out| !out.is_open())
    {}
    let open_stay = choice.open() <= measure.least_open;
    while choice.about_account() < measure.least_account
        && choice.exchange(
            |inside| inside.asks_of_account(),
            |out| !(open_stay && out.is_open()),
        )
    {}
    let taken = choice.taken;
    waiting
        .into_iter()
        .zip(taken)
        .filter_map(|(candidate, taken)| taken.then_some(candidate))
        .collect()
}

#[derive(Debug)]
struct Choice<'c, 'a> {
    /// The most wanted first.
    waiting: &'c [Candidate<'a>],
    taken: Vec<bool>,
}

impl Choice<'_, '_> {
    fn number(&self, wanted: impl Fn(&Candidate<'_>) -> bool) -> usize {
        self.waiting
            .iter()
            .zip(&self.taken)
            .filter(|(candidate, taken)| **taken && wanted(candidate))
            .count()
    }

    fn open(&self) -> usize {
        self.number(|candidate| candidate.is_open())
    }

    fn about_account(&self) -> usize {
        self.number(|candidate| candidate.asks_of_account())
    }

    fn of_subject(&self, at: usize) -> usize {
        let subject = self.waiting[at].subject();
        self.number(|candidate| candidate.subject() == subject)
    }

    fn fill(&mut self, count: usize, siblings: bool, most_open: usize) {
        for at in 0..self.waiting.len() {
            if self.number(|_| true) == count {
                return;
            }
            let candidate = &self.waiting[at];
            let fits = (siblings || self.of_subject(at) == 0)
                && (!candidate.is_open() || self.open() < most_open);
            if !self.taken[at] && fits {
                self.taken[at] = true;
            }
        }
    }

    /// Takes the most wanted of one sort for the least wanted of another. `false` = there is no such pair, or only such
    /// that would put one more sibling into the sitting.
    fn exchange(
        &mut self,
        incoming: impl Fn(&Candidate<'_>) -> bool,
        outgoing: impl Fn(&Candidate<'_>) -> bool,
    ) -> bool {
        let all = 0..self.waiting.len();
        let inside = all
            .clone()
            .filter(|at| !self.taken[*at] && incoming(&self.waiting[*at]));
        let pair = inside
            .flat_map(|inside| all.clone().rev().map(move |out| (inside, out)))
            .filter(|(_, out)| self.taken[*out] && outgoing(&self.waiting[*out]))
            .find(|(inside, out)| self.adds_no_sibling(*inside, *out));
        let Some((inside, out)) = pair else {
            return false;
        };
        self.taken[inside] = true;
        self.taken[out] = false;
        true
    }

    fn adds_no_sibling(&self, inside: usize, out: usize) -> bool {
        let same = self.waiting[inside].subject() == self.waiting[out].subject();
        let siblings_before = self.of_subject(out) - 1;
        let siblings_after = self.of_subject(inside) - usize::from(same);
        siblings_after == 0 || siblings_before > 0
    }
}
