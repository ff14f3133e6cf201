//! Accounts. Only the command line manages them.

use gnomon_domain::{Action, Actor, Role};
use gnomon_kernel::{Code, UserId};
use gnomon_store::User;

use crate::{App, Error, Result, app::permit, password};

/// A person to be added.
#[derive(Clone)]
pub struct NewUser {
    /// What is typed at the log-in: 2 to 40 letters, digits, `.`, `_`, `-`.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// One of [`Role::PEOPLE`].
    pub role: Role,
    /// The department they belong to, in either language; needed for [`Role::Department`].
    pub department: Option<String>,
    /// 8 to 128 characters.
    pub password: String,
}

impl App {
    /// Adds a person.
    pub async fn add_user(&self, actor: &Actor, new: &NewUser) -> Result<User> {
        permit(actor, Action::ManageUsers)?;
        let login = login_name(&new.login);
        let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !(2..=40).contains(&login.len()) || !login.chars().all(plain) {
            return Err(Error::field("login", Code::Invalid));
        }
        if new.name.trim().is_empty() {
            return Err(Error::field("name", Code::Missing));
        }
        if !Role::PEOPLE.contains(&new.role) {
            return Err(Error::field("role", Code::Invalid));
        }
        let department = self.department_named(new)?;
        let hash = password::hash(&new.password).await?;
        let user = User {
            id: UserId::new(self.ids()),
            login,
            name: new.name.trim().to_owned(),
            role: new.role,
            department,
            created_at: self.now(),
        };
        let tx = self.parts.store.write().await?;
        tx.add_user(&user, &hash).await?;
        self.audit(&tx, actor, Action::ManageUsers, user.id.as_str(), "added").await?;
        tx.commit().await?;
        Ok(user)
    }

    /// A department that owns datasets, by the name it has in Chinese.
    fn department_named(&self, new: &NewUser) -> Result<Option<String>> {
        let Some(name) = new.department.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
            return match new.role {
                Role::Department => Err(Error::field("department", Code::Missing)),
                _ => Ok(None),
            };
        };
        let mut owners = self.library().datasets.values().map(|dataset| &dataset.owner);
        let owner = owners.find(|owner| owner.zh == name || owner.en.eq_ignore_ascii_case(name));
        owner.map(|owner| Some(owner.zh.clone())).ok_or_else(|| Error::field("department", Code::Invalid))
    }

    /// A person as somebody who acts, for what the command line does in their name. The audit trail says so.
    pub async fn act_as(&self, actor: &Actor, login: &str) -> Result<Actor> {
        permit(actor, Action::ManageUsers)?;
        let tx = self.parts.store.write().await?;
        let found = tx.user_by_login(&login_name(login)).await?;
        let (user, _) = found.ok_or(Error::NotFound(Code::NotFound))?;
        self.audit(&tx, actor, Action::ManageUsers, user.id.as_str(), "acted for").await?;
        tx.commit().await?;
        Ok(user.actor())
    }

    /// Everybody who can log in.
    pub async fn users(&self, actor: &Actor) -> Result<Vec<User>> {
        permit(actor, Action::ManageUsers)?;
        Ok(self.parts.store.read().await?.users().await?)
    }

    /// Gives a person a new password and ends their sessions.
    pub async fn set_password(&self, actor: &Actor, login: &str, password: &str) -> Result<()> {
        permit(actor, Action::ManageUsers)?;
        let hash = password::hash(password).await?;
        let tx = self.parts.store.write().await?;
        let found = tx.user_by_login(&login_name(login)).await?;
        let (user, _) = found.ok_or(Error::NotFound(Code::NotFound))?;
        tx.set_password(&user.id, &hash).await?;
        self.audit(&tx, actor, Action::ManageUsers, user.id.as_str(), "password set").await?;
        Ok(tx.commit().await?)
    }
}

/// The form in which log-in names are compared.
pub(crate) fn login_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}
