//! Who acts.

use gnomon_kernel::UserId;

use crate::words;

words! {
    /// What a person is employed to do here.
    Role {
        /// Opens the inbox, assigns, takes files in, runs models.
        DutyOfficer = "duty_officer",
        /// Verifies and disposes what is assigned to them.
        Handler = "handler",
        /// Sees everything, assigns and reviews.
        Leader = "leader",
        /// Speaks for the department that owns datasets: agrees to share them, or not.
        Department = "department",
        /// Watches over accounts and agreements; has no part in the work itself.
        Security = "security",
        /// The program itself: command line, runs. Nobody logs in as this.
        System = "system",
    }
}

impl Role {
    /// The roles a person can have.
    pub const PEOPLE: [Role; 5] =
        [Role::DutyOfficer, Role::Handler, Role::Leader, Role::Department, Role::Security];
}

/// Somebody who asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The person; `None` for the program itself.
    pub user: Option<UserId>,
    /// Name as shown on timelines; empty for the program itself.
    pub name: String,
    /// What they may do.
    pub role: Role,
}

impl Actor {
    /// A person who logged in.
    pub fn person(user: UserId, name: impl Into<String>, role: Role) -> Self {
        Self { user: Some(user), name: name.into(), role }
    }

    /// The program itself.
    pub fn system() -> Self {
        Self { user: None, name: String::new(), role: Role::System }
    }

    /// Whether this is that person.
    pub fn is(&self, user: Option<&UserId>) -> bool {
        self.user.is_some() && self.user.as_ref() == user
    }
}
