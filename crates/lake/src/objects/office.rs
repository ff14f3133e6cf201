//! Who holds public office, and what registers know of an official's relatives: `v_official`, `v_kin` and `v_person_org` as
//! they stand today.

use std::collections::{BTreeMap, BTreeSet};

use datafusion::{
    arrow::{
        array::{Array, ArrayRef, AsArray},
        compute::cast,
        datatypes::{DataType, Date32Type, Int64Type},
        record_batch::RecordBatch,
    },
    prelude::{DataFrame, Expr, SessionContext, col, lit},
};
use gnomon_kernel::{Day, Masked, RowRef};
use gnomon_library::{
    analytics::AnalyticsError,
    office::{KinMatter, KinOrganisation, Official},
};

use crate::{Lake, beneath};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const OFFICIALS: &str = "v_official";
const KIN: &str = "v_kin";
const ROLES: &str = "v_person_org";
/// The source of a relation that an official declared.
const DECLARED: &str = "disclosure";
/// Roles that are no matter to declare.
const PLAIN_ROLES: [&str; 2] = ["employee", "finance_contact"];

/// A relative, before organisations are known.
struct Kin {
    of: String,
    number: String,
    relation: String,
    degree: u8,
    source: String,
    rows: BTreeSet<RowRef>,
}

/// A role in an organisation.
struct Role {
    person: String,
    code: String,
    role: String,
    row: RowRef,
}

impl Lake {
    pub(crate) async fn all_officials(&self) -> Result<Vec<Official>, AnalyticsError> {
        let failed = || beneath("listing who holds public office");
        let context = self.views_of_today(&[OFFICIALS]).await?;
        let batches = collected(&context, OFFICIALS, None).await.map_err(failed())?;
        let mut officials = Vec::new();
        for batch in &batches {
            officials.extend(officials_of(batch).map_err(failed())?);
        }
        self.name_units(&mut officials).await?;
        officials
            .sort_by(|a, b| (&a.unit, a.number.reveal(), a.from).cmp(&(&b.unit, b.number.reveal(), b.from)));
        Ok(officials)
    }

    pub(crate) async fn matters_of_kin(
        &self,
        officials: &BTreeSet<&str>,
    ) -> Result<BTreeMap<String, Vec<KinMatter>>, AnalyticsError> {
        let failed = || beneath("looking for what registers know of an official's relatives");
        let context = self.views_of_today(&[KIN, ROLES]).await?;
        let asked = officials.iter().map(|number| lit(*number)).collect();
        let of_official = col("person_id").in_list(asked, false).and(col("source").not_eq(lit(DECLARED)));
        let of_official = of_official.and(holds_on(self.today, "valid_from", "valid_to"));
        let mut kin = Vec::new();
        for batch in collected(&context, KIN, Some(of_official)).await.map_err(failed())? {
            kin.extend(kin_of(&batch).map_err(failed())?);
        }
        let mut roles = Vec::new();
        if !kin.is_empty() {
            let plain = PLAIN_ROLES.into_iter().map(lit).collect();
            let persons: BTreeSet<&str> = kin.iter().map(|one| one.number.as_str()).collect();
            let of_kin = col("person_id").in_list(persons.into_iter().map(lit).collect(), false);
            let of_kin = of_kin.and(col("role").in_list(plain, true));
            let of_kin = of_kin.and(holds_on(self.today, "from_date", "to_date"));
            for batch in collected(&context, ROLES, Some(of_kin)).await.map_err(failed())? {
                roles.extend(roles_of(&batch).map_err(failed())?);
            }
        }
        self.named_matters(kin, roles)
    }

    /// A unit without a name has that of its place, or of its code.
    async fn name_units(&self, officials: &mut [Official]) -> Result<(), AnalyticsError> {
        let nameless: BTreeSet<&str> = officials
            .iter()
            .filter(|official| official.unit_name.is_empty())
            .map(|official| official.unit.as_str())
            .collect();
        if nameless.is_empty() {
            return Ok(());
        }
        let identities = self.identities(&nameless)?;
        let mut names: BTreeMap<String, String> =
            identities.into_iter().filter_map(|(code, identity)| Some((code, identity.name?))).collect();
        let places = self.region_tree().await?;
        names.extend(places.into_iter().map(|place| (place.code, place.name)));
        for official in officials.iter_mut().filter(|official| official.unit_name.is_empty()) {
            official.unit_name = names.get(&official.unit).unwrap_or(&official.unit).clone();
        }
        Ok(())
    }

    /// One matter for each official, relative and organisation, with the names that registers know; by degree, number and
    /// code.
    fn named_matters(
        &self,
        kin: Vec<Kin>,
        roles: Vec<Role>,
    ) -> Result<BTreeMap<String, Vec<KinMatter>>, AnalyticsError> {
        let numbers = kin.iter().map(|one| one.number.as_str());
        let numbers = numbers.chain(roles.iter().map(|role| role.code.as_str())).collect();
        let known = self.identities(&numbers)?;
        let name =
            |number: &str| known.get(number).and_then(|identity| identity.name.clone()).unwrap_or_default();
        let mut roles_of: BTreeMap<&str, Vec<&Role>> = BTreeMap::new();
        for role in &roles {
            roles_of.entry(&role.person).or_default().push(role);
        }
        let mut all: BTreeMap<String, Vec<KinMatter>> = BTreeMap::new();
        for one in kin {
            let matters = all.entry(one.of.clone()).or_default();
            let matter = |organisation: Option<KinOrganisation>, rows: &BTreeSet<RowRef>| KinMatter {
                kin: Masked::new(one.number.clone()),
                name: name(&one.number),
                relation: one.relation.clone(),
                degree: one.degree,
                source: one.source.clone(),
                organisation,
                rows: one.rows.union(rows).copied().collect(),
            };
            let mut by_organisation: BTreeMap<&str, (&str, BTreeSet<RowRef>)> = BTreeMap::new();
            for role in roles_of.get(one.number.as_str()).into_iter().flatten() {
                let known = by_organisation.entry(&role.code).or_insert((&role.role, BTreeSet::new()));
                known.1.insert(role.row);
            }
            if by_organisation.is_empty() {
                matters.push(matter(None, &BTreeSet::new()));
            }
            for (code, (role, rows)) in by_organisation {
                let role = role.to_owned();
                let organisation = KinOrganisation { code: code.to_owned(), name: name(code), role };
                matters.push(matter(Some(organisation), &rows));
            }
        }
        let code = |matter: &KinMatter| matter.organisation.as_ref().map(|known| known.code.clone());
        let place = |one: &KinMatter| (one.degree, one.kin.reveal().clone(), code(one));
        for matters in all.values_mut() {
            matters.sort_by_cached_key(place);
        }
        Ok(all)
    }
}

/// Whether a row that may be open at either end holds on a day.
fn holds_on(today: Day, from: &str, until: &str) -> Expr {
    let day = || datafusion::logical_expr::cast(lit(today.to_string()), DataType::Date32);
    let begun = col(from).is_null().or(col(from).lt_eq(day()));
    begun.and(col(until).is_null().or(col(until).gt_eq(day())))
}

async fn collected(
    context: &SessionContext,
    view: &str,
    filter: Option<Expr>,
) -> Result<Vec<RecordBatch>, Failure> {
    let frame: DataFrame = context.table(view).await?;
    let frame = match filter {
        Some(filter) => frame.filter(filter)?,
        None => frame,
    };
    Ok(frame.collect().await?)
}

/// Texts of a column, whatever form the engine chose for them.
struct Texts(ArrayRef);

impl Texts {
    fn of(batch: &RecordBatch, name: &str) -> Result<Texts, Failure> {
        let column = batch.column_by_name(name).ok_or_else(|| format!("no column {name}"))?;
        Ok(Texts(cast(column, &DataType::Utf8)?))
    }

    fn at(&self, row: usize) -> Option<String> {
        let texts = self.0.as_string::<i32>();
        (texts.is_valid(row) && !texts.value(row).is_empty()).then(|| texts.value(row).to_owned())
    }
}

/// Whole numbers of a column.
struct Numbers(ArrayRef);

impl Numbers {
    fn of(batch: &RecordBatch, name: &str) -> Result<Numbers, Failure> {
        let column = batch.column_by_name(name).ok_or_else(|| format!("no column {name}"))?;
        Ok(Numbers(cast(column, &DataType::Int64)?))
    }

    fn at(&self, row: usize) -> Option<i64> {
        let numbers = self.0.as_primitive::<Int64Type>();
        numbers.is_valid(row).then(|| numbers.value(row))
    }
}

fn officials_of(batch: &RecordBatch) -> Result<Vec<Official>, Failure> {
    let text = |name: &str| Texts::of(batch, name);
    let (numbers, names) = (text("person_id")?, text("person_name")?);
    let (orgs, org_names) = (text("org_id")?, text("org_name")?);
    let (regions, posts) = (text("region_code")?, text("position")?);
    let day = |name: &str| -> Result<ArrayRef, Failure> {
        let column = batch.column_by_name(name).ok_or_else(|| format!("no column {name}"))?;
        Ok(cast(column, &DataType::Date32)?)
    };
    let (from, until) = (day("start_date")?, day("end_date")?);
    let day_at = |days: &ArrayRef, row: usize| -> Option<Day> {
        let days = days.as_primitive::<Date32Type>();
        if days.is_valid(row) { days.value_as_date(row) } else { None }
    };
    let official = |row: usize| {
        let region_code = regions.at(row);
        Some(Official {
            number: Masked::new(numbers.at(row)?),
            name: names.at(row).unwrap_or_default(),
            // A village's cadres belong to no organisation of the register.
            unit: orgs.at(row).or_else(|| region_code.clone())?,
            unit_name: org_names.at(row).unwrap_or_default(),
            post: posts.at(row).unwrap_or_default(),
            region_code,
            from: day_at(&from, row),
            until: day_at(&until, row),
        })
    };
    Ok((0..batch.num_rows()).filter_map(official).collect())
}

fn kin_of(batch: &RecordBatch) -> Result<Vec<Kin>, Failure> {
    let text = |name: &str| Texts::of(batch, name);
    let (officials, numbers) = (text("person_id")?, text("kin_id")?);
    let (relations, sources) = (text("relation")?, text("source")?);
    let number = |name: &str| Numbers::of(batch, name);
    let (degrees, rows, vias) = (number("degree")?, number("kin_row")?, number("via_row")?);
    let kin = |row: usize| {
        let cited = [rows.at(row), vias.at(row)].into_iter().flatten().map(RowRef::unpack);
        Some(Kin {
            of: officials.at(row)?,
            number: numbers.at(row)?,
            relation: relations.at(row)?,
            degree: u8::try_from(degrees.at(row)?).ok()?,
            source: sources.at(row).unwrap_or_default(),
            rows: cited.collect(),
        })
    };
    Ok((0..batch.num_rows()).filter_map(kin).collect())
}

fn roles_of(batch: &RecordBatch) -> Result<Vec<Role>, Failure> {
    let text = |name: &str| Texts::of(batch, name);
    let (persons, codes, roles) = (text("person_id")?, text("org_id")?, text("role")?);
    let rows = Numbers::of(batch, "role_row")?;
    let role = |row: usize| {
        Some(Role {
            person: persons.at(row)?,
            code: codes.at(row)?,
            role: roles.at(row)?,
            row: RowRef::unpack(rows.at(row)?),
        })
    };
    Ok((0..batch.num_rows()).filter_map(role).collect())
}
