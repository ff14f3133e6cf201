//! Who asks, by the token they show.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use gnomon_app::Pusher;
use gnomon_kernel::TokenId;

use crate::{config::Api, fault::Fault};

/// How many requests of one token may be under way.
pub(crate) const MOST_AT_ONCE: usize = 64;

/// A department's system that has shown a token in force. Nobody else gets past this extractor, and nothing of a body is
/// read before it.
pub(crate) struct Caller {
    pub pusher: Pusher,
    /// Goes with the work, also when the sender has left.
    pub slot: Slot,
}

impl FromRequestParts<Api> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Fault> {
        let shown = bearer(&parts.headers).ok_or_else(Fault::no_token)?;
        let pusher = api.app.pusher(shown).await?;
        let slot = api.slots.take(pusher.id()).ok_or_else(|| Fault::too_many(MOST_AT_ONCE))?;
        Ok(Caller { pusher, slot })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Counts the requests under way by token.
#[derive(Clone, Default)]
pub(crate) struct Slots(Arc<Mutex<BTreeMap<TokenId, usize>>>);

/// One request under way; over when dropped.
pub(crate) struct Slot {
    slots: Slots,
    token: TokenId,
}

impl Slots {
    fn take(&self, token: &TokenId) -> Option<Slot> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(token.clone()).or_default();
        if *count >= MOST_AT_ONCE {
            return None;
        }
        *count += 1;
        Some(Slot { slots: self.clone(), token: token.clone() })
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut counts = self.slots.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.token) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.token);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slot_comes_back_when_its_request_is_over() {
        let slots = Slots::default();
        let (one, other) = (TokenId::parse("gnt_1").unwrap(), TokenId::parse("gnt_2").unwrap());
        let mut taken: Vec<Slot> = (0..MOST_AT_ONCE).map(|_| slots.take(&one).unwrap()).collect();
        assert!(slots.take(&one).is_none() && slots.take(&other).is_some());
        taken.pop();
        assert!(slots.take(&one).is_some());
        drop(taken);
        assert!(slots.0.lock().unwrap().is_empty());
    }

    #[test]
    fn the_scheme_is_read_in_any_case() {
        let read = |line: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, line.parse().unwrap());
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(read("bearer gnt_1_x"), Some("gnt_1_x".into()));
        assert_eq!(read("Basic gnt_1_x"), None);
        assert_eq!(read("gnt_1_x"), None);
    }
}
