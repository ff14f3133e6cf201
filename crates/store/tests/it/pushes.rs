use chrono::Duration;
use gnomon_kernel::{BatchId, Code, ReceiptId, TokenId};
use gnomon_store::{ApiToken, BatchRefusal, Push, Receipt};

use crate::{
    bench::Bench,
    make::{IDS, noon, save},
};

pub async fn token(bench: &Bench) -> ApiToken {
    let token = ApiToken {
        id: TokenId::new(IDS),
        label: "民政局 · 低保系统".into(),
        datasets: vec!["payroll".into(), "subsistence".into()],
        created_at: noon(),
        expires_at: noon() + Duration::days(30),
        revoked_at: None,
        last_used_at: None,
    };
    let tx = bench.store.write().await.unwrap();
    tx.add_token(&token, "hash").await.unwrap();
    save(tx).await;
    token
}

pub async fn a_token_is_in_force_until_it_ends(bench: &Bench) {
    let token = token(bench).await;
    assert!(token.is_in_force(noon()) && !token.is_in_force(noon() + Duration::days(30)));
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.token(&token.id).await.unwrap(), Some((token.clone(), "hash".into())));
    assert_eq!(tx.token(&TokenId::new(IDS)).await.unwrap(), None);
    let later = noon() + Duration::hours(1);
    tx.touch_token(&token.id, later).await.unwrap();
    assert!(tx.revoke_token(&token.id, later).await.unwrap());
    assert!(!tx.revoke_token(&token.id, later).await.unwrap());
    let ended = ApiToken { revoked_at: Some(later), last_used_at: Some(later), ..token };
    assert!(!ended.is_in_force(later));
    assert_eq!(tx.tokens().await.unwrap(), [ended]);
}

pub async fn a_key_is_used_once(bench: &Bench) {
    let token = token(bench).await;
    let first = Push {
        token: token.id.clone(),
        key: "2025-11".into(),
        target: "payroll/rows".into(),
        sha256: "aa".into(),
        receipt: ReceiptId::new(IDS),
        answer: None,
        created_at: noon(),
    };
    let tx = bench.store.write().await.unwrap();
    assert_eq!(tx.begin_push(&first).await.unwrap(), first);
    let other = Push { sha256: "bb".into(), receipt: ReceiptId::new(IDS), ..first.clone() };
    assert_eq!(tx.begin_push(&other).await.unwrap(), first);
    let answer = serde_json::json!({ "receipt": first.receipt });
    let answered = Push { answer: Some((202, answer.clone())), ..first.clone() };
    assert_eq!(tx.end_push(&token.id, &first.key, 202, &answer).await.unwrap(), answered);
    let late = tx.end_push(&token.id, &first.key, 409, &serde_json::Value::Null).await.unwrap();
    assert_eq!(late, answered);
    tx.sweep_pushes(noon() + Duration::seconds(1)).await.unwrap();
    assert_eq!(tx.begin_push(&other).await.unwrap(), other);
}

pub async fn receipts_are_written_once(bench: &Bench) {
    let token = token(bench).await;
    let refusal =
        BatchRefusal { code: Code::ColumnMissing, found: "姓名".into(), expected: "身份证号".into() };
    let taken = Receipt {
        id: ReceiptId::new(IDS),
        token: token.id.clone(),
        dataset: "payroll".into(),
        outcome: Ok(BatchId::new(IDS)),
        settled_at: noon(),
    };
    let refused = Receipt { id: ReceiptId::new(IDS), outcome: Err(refusal), ..taken.clone() };
    let tx = bench.store.write().await.unwrap();
    tx.add_receipts(&[taken.clone(), refused.clone()]).await.unwrap();
    tx.add_receipts(&[Receipt { outcome: Ok(BatchId::new(IDS)), ..refused.clone() }]).await.unwrap();
    tx.add_receipts(&[]).await.unwrap();
    save(tx).await;
    let tx = bench.store.read().await.unwrap();
    assert_eq!(tx.receipt(&taken.id).await.unwrap(), Some(taken));
    assert_eq!(tx.receipt(&refused.id).await.unwrap(), Some(refused));
    assert_eq!(tx.receipt(&ReceiptId::new(IDS)).await.unwrap(), None);
}
