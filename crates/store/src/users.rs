//! People who log in, their sessions, and log-ins that failed.

use gnomon_domain::{Actor, Role};
use gnomon_kernel::{Instant, UserId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Result, Tx,
    entity::{login_attempt, session, user},
    error::readable,
};

/// A person who logs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Identifier.
    pub id: UserId,
    /// What is typed at the log-in, lower case.
    pub login: String,
    /// Name on screen.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The department they belong to, as datasets name their owner in Chinese.
    pub department: Option<String>,
    /// Since when.
    pub created_at: Instant,
}

impl User {
    /// The person as somebody who acts.
    pub fn actor(&self) -> Actor {
        Actor::person(self.id.clone(), self.name.clone(), self.role)
    }
}

/// A log-in in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub user: User,
    /// Since when.
    pub created_at: Instant,
    /// Last request, give or take a minute.
    pub seen_at: Instant,
}

/// Failed log-ins within a window of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Failures {
    /// How many.
    pub count: u64,
    /// The last one.
    pub last: Option<Instant>,
}

impl Tx {
    /// Adds a person; [`crate::Error::Conflict`] when the log-in name is taken.
    pub async fn add_user(&self, user: &User, password_hash: &str) -> Result<()> {
        let row = user::ActiveModel {
            id: Set(user.id.to_string()),
            login: Set(user.login.clone()),
            name: Set(user.name.clone()),
            role: Set(user.role.to_string()),
            password_hash: Set(password_hash.to_owned()),
            department: Set(user.department.clone()),
            created_at: Set(user.created_at),
        };
        user::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Everybody, by log-in name.
    pub async fn users(&self) -> Result<Vec<User>> {
        let rows = user::Entity::find().order_by_asc(user::Column::Login).all(&self.db).await?;
        rows.into_iter().map(into_user).collect()
    }

    /// One person.
    pub async fn user(&self, id: &UserId) -> Result<Option<User>> {
        let row = user::Entity::find_by_id(id.as_str()).one(&self.db).await?;
        row.map(into_user).transpose()
    }

    /// A person by log-in name, with the hash of the password.
    pub async fn user_by_login(&self, login: &str) -> Result<Option<(User, String)>> {
        let row = user::Entity::find().filter(user::Column::Login.eq(login)).one(&self.db).await?;
        let Some(row) = row else { return Ok(None) };
        let hash = row.password_hash.clone();
        Ok(Some((into_user(row)?, hash)))
    }

    /// Sets a new password and ends the person's sessions.
    pub async fn set_password(&self, id: &UserId, password_hash: &str) -> Result<()> {
        user::Entity::update_many()
            .col_expr(user::Column::PasswordHash, Expr::value(password_hash))
            .filter(user::Column::Id.eq(id.as_str()))
            .exec(&self.db)
            .await?;
        session::Entity::delete_many().filter(session::Column::UserId.eq(id.as_str())).exec(&self.db).await?;
        Ok(())
    }

    /// Begins a session.
    pub async fn add_session(&self, token_hash: &str, user: &UserId, at: Instant) -> Result<()> {
        let row = session::ActiveModel {
            token_hash: Set(token_hash.to_owned()),
            user_id: Set(user.to_string()),
            created_at: Set(at),
            seen_at: Set(at),
        };
        session::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// A session by the hash of its token, whatever its age.
    pub async fn session(&self, token_hash: &str) -> Result<Option<Session>> {
        let Some(row) = session::Entity::find_by_id(token_hash).one(&self.db).await? else { return Ok(None) };
        let user = user::Entity::find_by_id(row.user_id).one(&self.db).await?;
        let Some(user) = user else { return Ok(None) };
        Ok(Some(Session { user: into_user(user)?, created_at: row.created_at, seen_at: row.seen_at }))
    }

    /// Notes that a session is in use.
    pub async fn touch_session(&self, token_hash: &str, at: Instant) -> Result<()> {
        session::Entity::update_many()
            .col_expr(session::Column::SeenAt, Expr::value(at))
            .filter(session::Column::TokenHash.eq(token_hash))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub async fn end_session(&self, token_hash: &str) -> Result<()> {
        session::Entity::delete_by_id(token_hash).exec(&self.db).await?;
        Ok(())
    }

    /// Removes sessions last used before `idle` or begun before `oldest`, and attempts to log in before `oldest`.
    pub async fn sweep_sessions(&self, idle: Instant, oldest: Instant) -> Result<()> {
        let over = session::Column::SeenAt.lt(idle).or(session::Column::CreatedAt.lt(oldest));
        session::Entity::delete_many().filter(over).exec(&self.db).await?;
        let old = login_attempt::Column::At.lt(oldest);
        login_attempt::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }

    /// Notes an attempt to log in as failed; [`Tx::login_succeeded`] corrects it.
    pub async fn add_login_attempt(&self, name: &str, client: &str, at: Instant) -> Result<i64> {
        let row = login_attempt::ActiveModel {
            id: NotSet,
            name: Set(name.to_owned()),
            client: Set(client.to_owned()),
            at: Set(at),
            ok: Set(false),
        };
        Ok(login_attempt::Entity::insert(row).exec(&self.db).await?.last_insert_id)
    }

    /// Notes that an attempt succeeded.
    pub async fn login_succeeded(&self, attempt: i64) -> Result<()> {
        login_attempt::Entity::update_many()
            .col_expr(login_attempt::Column::Ok, Expr::value(true))
            .filter(login_attempt::Column::Id.eq(attempt))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Failures for a log-in name since `since` or its last success.
    pub async fn failures_of_name(&self, name: &str, since: Instant) -> Result<Failures> {
        self.failures(login_attempt::Column::Name, name, since).await
    }

    /// Failures from one client since `since` or its last success.
    pub async fn failures_of_client(&self, client: &str, since: Instant) -> Result<Failures> {
        self.failures(login_attempt::Column::Client, client, since).await
    }

    async fn failures(&self, column: login_attempt::Column, value: &str, since: Instant) -> Result<Failures> {
        use login_attempt::{Column, Entity};
        let recent = || Entity::find().filter(column.eq(value)).filter(Column::At.gte(since));
        let success = recent().filter(Column::Ok.eq(true)).order_by_desc(Column::Id).one(&self.db).await?;
        let after = success.map_or(0, |row| row.id);
        let failed = || recent().filter(Column::Ok.eq(false)).filter(Column::Id.gt(after));
        let last = failed().order_by_desc(Column::Id).one(&self.db).await?;
        Ok(Failures { count: failed().count(&self.db).await?, last: last.map(|row| row.at) })
    }
}

fn into_user(row: user::Model) -> Result<User> {
    Ok(User {
        id: readable(UserId::parse(&row.id), "user id")?,
        login: row.login,
        name: row.name,
        role: readable(Role::parse(&row.role), "role")?,
        department: row.department,
        created_at: row.created_at,
    })
}
