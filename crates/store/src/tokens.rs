//! Tokens with which departments' systems push.

use gnomon_kernel::{Instant, TokenId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use crate::{Result, Tx, entity::api_token, error::readable};

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// Identifier; part of the token's text.
    pub id: TokenId,
    /// Whose it is, in a person's words.
    pub label: String,
    /// Keys of the datasets it is good for.
    pub datasets: Vec<String>,
    /// Since when.
    pub created_at: Instant,
    /// The moment from which it is good for nothing.
    pub expires_at: Instant,
    /// When it was taken back, if it was.
    pub revoked_at: Option<Instant>,
    /// Last use, give or take a minute.
    pub last_used_at: Option<Instant>,
}

impl ApiToken {
    /// Whether it is good for anything at this moment.
    pub fn is_in_force(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

impl Tx {
    /// Adds a token. `hash` is the SHA-256 of its secret in lower-case hex.
    pub async fn add_token(&self, token: &ApiToken, hash: &str) -> Result<()> {
        let row = api_token::ActiveModel {
            id: Set(token.id.to_string()),
            label: Set(token.label.clone()),
            datasets: Set(token.datasets.clone().into()),
            hash: Set(hash.to_owned()),
            created_at: Set(token.created_at),
            expires_at: Set(token.expires_at),
            revoked_at: Set(token.revoked_at),
            last_used_at: Set(token.last_used_at),
        };
        api_token::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// All tokens, the oldest first.
    pub async fn tokens(&self) -> Result<Vec<ApiToken>> {
        let by_age = api_token::Entity::find()
            .order_by_asc(api_token::Column::CreatedAt)
            .order_by_asc(api_token::Column::Id);
        by_age.all(&self.db).await?.into_iter().map(into_token).collect()
    }

    /// A token whatever its state, with the hash of its secret.
    pub async fn token(&self, id: &TokenId) -> Result<Option<(ApiToken, String)>> {
        let Some(row) = api_token::Entity::find_by_id(id.as_str()).one(&self.db).await? else {
            return Ok(None);
        };
        let hash = row.hash.clone();
        Ok(Some((into_token(row)?, hash)))
    }

    /// Takes a token back; `false` when there is none that was not taken back already.
    pub async fn revoke_token(&self, id: &TokenId, at: Instant) -> Result<bool> {
        let in_use = api_token::Column::Id.eq(id.as_str()).and(api_token::Column::RevokedAt.is_null());
        let done = api_token::Entity::update_many()
            .col_expr(api_token::Column::RevokedAt, Expr::value(at))
            .filter(in_use)
            .exec(&self.db)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes that a token is in use.
    pub async fn touch_token(&self, id: &TokenId, at: Instant) -> Result<()> {
        api_token::Entity::update_many()
            .col_expr(api_token::Column::LastUsedAt, Expr::value(at))
            .filter(api_token::Column::Id.eq(id.as_str()))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

fn into_token(row: api_token::Model) -> Result<ApiToken> {
    Ok(ApiToken {
        id: readable(TokenId::parse(&row.id), "token id")?,
        label: row.label,
        datasets: readable(serde_json::from_value(row.datasets).ok(), "datasets of a token")?,
        created_at: row.created_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        last_used_at: row.last_used_at,
    })
}
