//! What becomes of a delivered file.

use crate::words;

words! {
    /// Where a delivery stands.
    BatchState {
        /// Received and being read; in nobody's table yet.
        Checking = "checking",
        /// In, whole.
        Accepted = "accepted",
        /// Not in, with the reason; nothing has changed.
        Refused = "refused",
        /// The program ended while it was read; not in.
        Interrupted = "interrupted",
        /// It was in, and was taken out for a reason.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// The way by which a delivery came.
    Origin {
        /// A connection read it from a department's system.
        Link = "link",
        /// Somebody took a file in.
        File = "file",
        /// Somebody typed its rows.
        Hand = "hand",
        /// A department's system sent it.
        Push = "push",
    }
}

impl Origin {
    /// Whether it came by itself: such data flow under an agreement, where the deployment asks for one.
    pub fn is_of_a_link(self) -> bool {
        matches!(self, Origin::Link | Origin::Push)
    }
}

words! {
    /// Where the rebuilding of a table stands.
    RebuildState {
        /// Under way.
        Working = "working",
        /// The table is made anew.
        Done = "done",
        /// Nothing has changed.
        Failed = "failed",
    }
}
