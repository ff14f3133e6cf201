//! The inbox: filters, pages, counts.

use gnomon_domain::State;
use gnomon_kernel::{Instant, Level, Money, UserId, WarningId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, LikeExpr},
};

use crate::{
    Result, Tx, Warning,
    entity::warning,
    level::{from_number, to_number},
    rebuilds::citing,
    sql::literal,
    warnings::into_warning,
};

/// Whose warnings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// Nobody's yet.
    Nobody,
    /// One person's.
    Person(UserId),
}

/// Which states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum States {
    /// All in which something remains to be done.
    #[default]
    Open,
    /// Exactly these.
    These(Vec<State>),
    /// All.
    Any,
}

/// What the inbox is narrowed to. The default is all that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One level.
    pub level: Option<Level>,
    /// States.
    pub states: States,
    /// One model.
    pub model: Option<String>,
    /// One pack.
    pub pack: Option<String>,
    /// Beginning of the division code.
    pub region: Option<String>,
    /// Whose.
    pub holder: Option<Holder>,
    /// At least this much money.
    pub min_money: Option<Money>,
    /// A full number, its last four characters, the beginning of a name, or a warning's number.
    pub text: Option<String>,
    /// Number of a delivery that the evidence cites.
    pub batch: Option<u32>,
}

/// The place after which the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    level: Level,
    raised_at: Instant,
    id: WarningId,
}

/// `red.1763686800000000.wrn_01…`, fit for a URL.
impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.level, self.raised_at.timestamp_micros(), self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let mut parts = text.splitn(3, '.');
        let mut next = || parts.next().ok_or(());
        let level = Level::parse(next()?).ok_or(())?;
        let raised_at = Instant::from_timestamp_micros(next()?.parse().map_err(drop)?).ok_or(())?;
        let id = WarningId::parse(next()?).ok_or(())?;
        Ok(Self { level, raised_at, id })
    }
}

/// Part of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Strongest level first, then newest.
    pub warnings: Vec<Warning>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// How many warnings of each level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LevelCounts {
    /// Red.
    pub red: u64,
    /// Yellow.
    pub yellow: u64,
    /// Blue.
    pub blue: u64,
}

impl LevelCounts {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.red + self.yellow + self.blue
    }

    pub(crate) fn add(&mut self, level: Level, count: i64) {
        let slot = match level {
            Level::Red => &mut self.red,
            Level::Yellow => &mut self.yellow,
            Level::Blue => &mut self.blue,
        };
        *slot += count as u64;
    }
}

impl std::ops::AddAssign for LevelCounts {
    fn add_assign(&mut self, other: Self) {
        self.red += other.red;
        self.yellow += other.yellow;
        self.blue += other.blue;
    }
}

impl Tx {
    /// A page of the inbox.
    pub async fn inbox(&self, filter: &Filter, after: Option<&Cursor>, limit: u64) -> Result<Page> {
        use warning::Column as C;
        let mut query = warning::Entity::find().filter(condition(filter, true));
        if let Some(after) = after {
            let keys = [Expr::col(C::Level), Expr::col(C::RaisedAt), Expr::col(C::Id)];
            let place = [
                Expr::value(to_number(after.level)),
                Expr::value(after.raised_at),
                Expr::value(after.id.as_str()),
            ];
            query = query.filter(Expr::tuple(keys).lt(Expr::tuple(place)));
        }
        let ordered = query.order_by_desc(C::Level).order_by_desc(C::RaisedAt).order_by_desc(C::Id);
        let rows = ordered.limit(limit + 1).all(&self.db).await?;
        let mut warnings = rows.into_iter().map(into_warning).collect::<Result<Vec<_>>>()?;
        let more = warnings.len() as u64 > limit;
        warnings.truncate(limit as usize);
        let last = warnings.last().filter(|_| more);
        let next = last.map(|last| Cursor {
            level: last.matter.level,
            raised_at: last.raised_at,
            id: last.id.clone(),
        });
        Ok(Page { warnings, next })
    }

    /// How many warnings of each level the filter lets through, whatever level it asks for.
    pub async fn inbox_counts(&self, filter: &Filter) -> Result<LevelCounts> {
        use warning::Column as C;
        #[derive(FromQueryResult)]
        struct Row {
            level: i16,
            count: i64,
        }
        let rows = warning::Entity::find()
            .select_only()
            .column(C::Level)
            .column_as(C::Id.count(), "count")
            .filter(condition(filter, false))
            .group_by(C::Level)
            .into_model::<Row>()
            .all(&self.db)
            .await?;
        let mut counts = LevelCounts::default();
        for row in rows {
            counts.add(from_number(row.level)?, row.count);
        }
        Ok(counts)
    }
}

fn condition(filter: &Filter, with_level: bool) -> Condition {
    use warning::Column as C;
    let mut all = match &filter.states {
        States::Open => Condition::all().add(C::Open.eq(true)),
        States::These(states) => {
            Condition::all().add(C::State.is_in(states.iter().map(|state| state.as_str())))
        }
        States::Any => Condition::all(),
    };
    if with_level {
        all = all.add_option(filter.level.map(|level| C::Level.eq(to_number(level))));
    }
    all.add_option(filter.model.as_ref().map(|model| C::ModelId.eq(model)))
        .add_option(filter.pack.as_ref().map(|pack| C::Pack.eq(pack)))
        .add_option(filter.region.as_ref().and_then(|prefix| within(prefix)))
        .add_option(filter.min_money.map(|money| C::Fen.gte(money.fen())))
        .add_option(filter.holder.as_ref().map(|holder| match holder {
            Holder::Nobody => C::Assignee.is_null(),
            Holder::Person(user) => C::Assignee.eq(user.as_str()),
        }))
        .add_option(filter.text.as_ref().and_then(|text| matching(text)))
        .add_option(filter.batch.map(|batch| C::Id.in_subquery(citing(batch))))
}

/// Codes of 12 digits that begin so. A range, because an index serves it on both engines.
fn within(prefix: &str) -> Option<Expr> {
    let digits: String = prefix.chars().filter(char::is_ascii_digit).take(12).collect();
    (!digits.is_empty())
        .then(|| warning::Column::RegionCode.between(format!("{digits:0<12}"), format!("{digits:9<12}")))
}

fn matching(text: &str) -> Option<Condition> {
    use warning::Column as C;
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let upper = text.to_uppercase();
    if upper.starts_with("W-") {
        return Some(Condition::any().add(C::Number.eq(upper)));
    }
    let name = C::SubjectName.like(LikeExpr::new(format!("{}%", literal(text))).escape('\\'));
    let any = Condition::any().add(name).add(C::Subject.eq(upper.clone()));
    Some(if upper.chars().count() == 4 { any.add(C::SubjectTail.eq(upper)) } else { any })
}
