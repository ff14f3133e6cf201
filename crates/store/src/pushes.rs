//! Pushes with an idempotency key, and what became of those that were gathered.

use gnomon_kernel::{BatchId, Code, Instant, ReceiptId, TokenId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde_json::Value as Json;

use crate::{
    BatchRefusal, Result, Tx,
    entity::{push, receipt},
    error::readable,
};

/// A push that can be repeated without effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// Whose.
    pub token: TokenId,
    /// What the sender calls it.
    pub key: String,
    /// What it was sent to: the dataset and the way in.
    pub target: String,
    /// SHA-256 of what was sent, lower-case hex.
    pub sha256: String,
    /// The receipt that its rows are waiting under, where rows are gathered.
    pub receipt: ReceiptId,
    /// HTTP status and body that were answered; `None` while nothing was.
    pub answer: Option<(u16, Json)>,
    /// When it came first.
    pub created_at: Instant,
}

/// What became of a push that was gathered with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Identifier.
    pub id: ReceiptId,
    /// Whose.
    pub token: TokenId,
    /// Key of the dataset.
    pub dataset: String,
    /// The delivery it is in, or why it is in none.
    pub outcome: std::result::Result<BatchId, BatchRefusal>,
    /// When.
    pub settled_at: Instant,
}

impl Tx {
    /// Writes a push down unless its token has used the key before; gives what is written down.
    pub async fn begin_push(&self, new: &Push) -> Result<Push> {
        let row = push::ActiveModel {
            token_id: Set(new.token.to_string()),
            key: Set(new.key.clone()),
            target: Set(new.target.clone()),
            sha256: Set(new.sha256.clone()),
            receipt: Set(new.receipt.to_string()),
            status: Set(None),
            answer: Set(None),
            created_at: Set(new.created_at),
        };
        let known = OnConflict::columns([push::Column::TokenId, push::Column::Key]).do_nothing().to_owned();
        push::Entity::insert(row).on_conflict(known).exec_without_returning(&self.db).await?;
        self.push(&new.token, &new.key).await
    }

    /// Writes down what was answered, unless an answer is there already; gives what is written down.
    pub async fn end_push(&self, token: &TokenId, key: &str, status: u16, answer: &Json) -> Result<Push> {
        use push::Column as C;
        push::Entity::update_many()
            .col_expr(C::Status, Expr::value(i32::from(status)))
            .col_expr(C::Answer, Expr::value(answer.clone()))
            .filter(C::TokenId.eq(token.as_str()).and(C::Key.eq(key)).and(C::Status.is_null()))
            .exec(&self.db)
            .await?;
        self.push(token, key).await
    }

    async fn push(&self, token: &TokenId, key: &str) -> Result<Push> {
        let id = (token.to_string(), key.to_owned());
        let row = push::Entity::find_by_id(id).one(&self.db).await?;
        into_push(readable(row, "push")?)
    }

    /// Writes down what became of pushes; what is written down already stays.
    pub async fn add_receipts(&self, receipts: &[Receipt]) -> Result<()> {
        for chunk in receipts.chunks(500) {
            let known = OnConflict::column(receipt::Column::Id).do_nothing().to_owned();
            receipt::Entity::insert_many(chunk.iter().map(receipt_row))
                .on_conflict(known)
                .exec_without_returning(&self.db)
                .await?;
        }
        Ok(())
    }

    /// What became of a push; `None` while it waits.
    pub async fn receipt(&self, id: &ReceiptId) -> Result<Option<Receipt>> {
        let row = receipt::Entity::find_by_id(id.as_str()).one(&self.db).await?;
        row.map(into_receipt).transpose()
    }

    /// Forgets keys and receipts older than `before`.
    pub async fn sweep_pushes(&self, before: Instant) -> Result<()> {
        let old = push::Column::CreatedAt.lt(before);
        push::Entity::delete_many().filter(old).exec(&self.db).await?;
        let old = receipt::Column::SettledAt.lt(before);
        receipt::Entity::delete_many().filter(old).exec(&self.db).await?;
        Ok(())
    }
}

fn into_push(row: push::Model) -> Result<Push> {
    let status = row.status.and_then(|status| u16::try_from(status).ok());
    Ok(Push {
        token: readable(TokenId::parse(&row.token_id), "token id")?,
        key: row.key,
        target: row.target,
        sha256: row.sha256,
        receipt: readable(ReceiptId::parse(&row.receipt), "receipt id")?,
        answer: status.zip(row.answer),
        created_at: row.created_at,
    })
}

fn receipt_row(receipt: &Receipt) -> receipt::ActiveModel {
    let refusal = receipt.outcome.as_ref().err();
    let text = |part: fn(&BatchRefusal) -> &String| refusal.map(part).cloned().unwrap_or_default();
    receipt::ActiveModel {
        id: Set(receipt.id.to_string()),
        token_id: Set(receipt.token.to_string()),
        dataset: Set(receipt.dataset.clone()),
        batch_id: Set(receipt.outcome.as_ref().ok().map(BatchId::to_string)),
        code: Set(refusal.map(|refusal| refusal.code.word().to_owned())),
        found: Set(text(|refusal| &refusal.found)),
        expected: Set(text(|refusal| &refusal.expected)),
        settled_at: Set(receipt.settled_at),
    }
}

fn into_receipt(row: receipt::Model) -> Result<Receipt> {
    let outcome = match row.batch_id {
        Some(id) => Ok(readable(BatchId::parse(&id), "batch id")?),
        None => {
            let code = readable(row.code.as_deref().and_then(Code::parse), "refusal")?;
            Err(BatchRefusal { code, found: row.found, expected: row.expected })
        }
    };
    Ok(Receipt {
        id: readable(ReceiptId::parse(&row.id), "receipt id")?,
        token: readable(TokenId::parse(&row.token_id), "token id")?,
        dataset: row.dataset,
        outcome,
        settled_at: row.settled_at,
    })
}
