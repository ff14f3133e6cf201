//! The inbox's filter: as the address has it, as the page shows it, as the store takes it.

use gnomon_app::{Filter, Holder, States};
use gnomon_domain::{Actor, State};
use gnomon_httpkit::Fields;
use gnomon_kernel::{Level, Money, UserId};
use gnomon_ui::{InboxFilter, StateFilter};

/// The handler "nobody" and the handler "whoever asks", in the address.
pub const NOBODY: &str = "none";
const ME: &str = "me";

/// What the page shows as its filter.
pub fn shown(fields: &Fields) -> InboxFilter {
    let text = |name| fields.get(name).to_owned();
    InboxFilter {
        level: Level::parse(fields.get("level")),
        state: StateFilter::parse(fields.get("state")),
        pack: text("pack"),
        model: text("model"),
        region: text("region"),
        handler: text("handler"),
        min: text("min"),
        q: text("q"),
        batch: text("batch"),
        after: text("after"),
    }
}

/// What is looked for. A field that holds nothing useful narrows nothing.
pub fn filter(shown: &InboxFilter, actor: &Actor) -> Filter {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let holder = match shown.handler.as_str() {
        NOBODY => Some(Holder::Nobody),
        ME => actor.user.clone().map(Holder::Person),
        other => UserId::parse(other).map(Holder::Person),
    };
    Filter {
        level: shown.level,
        states: states(shown.state),
        model: given(&shown.model),
        pack: given(&shown.pack),
        region: given(township(&shown.region)),
        holder,
        min_money: Money::parse_yuan(&shown.min).ok(),
        text: given(&shown.q),
        batch: shown.batch.parse().ok(),
    }
}

fn states(filter: StateFilter) -> States {
    match filter {
        StateFilter::Open => States::Open,
        StateFilter::All => States::Any,
        StateFilter::One(state) => States::These(State::parse(state.as_str()).into_iter().collect()),
    }
}

/// The digits of a township's code that its villages share.
pub fn township(code: &str) -> &str {
    match code.strip_suffix("000") {
        Some(head) if head.len() == 9 => head,
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_becomes_a_filter() {
        let fields = Fields::parse(
            b"level=red&state=in_review&region=870121001000&handler=none&min=1,000&q=%E6%9D%8E&after=x",
        );
        let found = filter(&shown(&fields), &Actor::system());
        assert_eq!(found.level, Some(Level::Red));
        assert_eq!(found.states, States::These(vec![State::InReview]));
        assert_eq!(found.region.as_deref(), Some("870121001"));
        assert_eq!(found.holder, Some(Holder::Nobody));
        assert_eq!(found.min_money, Some(Money(100_000)));
        assert_eq!(found.text.as_deref(), Some("李"));
    }

    #[test]
    fn nonsense_narrows_nothing() {
        let fields = Fields::parse(b"level=purple&state=odd&handler=%3Cb%3E&min=much");
        assert_eq!(filter(&shown(&fields), &Actor::system()), Filter::default());
    }
}
