use crate::{
    answers::Answer,
    base::{Code18, Rng},
    county::County,
    money::{Case, Grant, Programme},
    people::{Person, PersonIx, role},
    place::COUNTY,
    trade::{Company, Line, Role, Share, Stake},
    work::{Job, StaffType, Tenure, UnitKind},
};

/// The county while problems of one model are planted.
pub struct Field<'a> {
    /// The county.
    pub county: &'a mut County,
    /// Chance of this model.
    pub rng: Rng,
    /// The model.
    pub model: &'static str,
    answers: &'a mut Vec<Answer>,
}

impl<'a> Field<'a> {
    /// The field of one model.
    pub fn new(county: &'a mut County, answers: &'a mut Vec<Answer>, model: &'static str) -> Field<'a> {
        let rng = Rng::new(county.seed, model);
        Field { county, rng, model, answers }
    }

    /// Adds an entry to the answer key.
    pub fn note(&mut self, answer: Answer) {
        self.answers.push(answer);
    }

    /// A problem of this model.
    pub fn problem(&self, subject: impl ToString) -> Answer {
        Answer::problem(self.model, subject)
    }

    /// A look-alike of this model.
    pub fn look_alike(&self, subject: impl ToString) -> Answer {
        Answer::look_alike(self.model, subject)
    }

    /// People who fit and are part of nothing planted yet, in random order.
    pub fn people(&mut self, fits: impl Fn(&County, PersonIx, &Person) -> bool) -> Vec<PersonIx> {
        let county = &*self.county;
        let mut found: Vec<PersonIx> = county
            .people
            .iter()
            .filter(|(ix, person)| !person.has(role::PLANTED) && fits(county, *ix, person))
            .map(|(ix, _)| ix)
            .collect();
        self.rng.shuffle(&mut found);
        found
    }

    /// Grants that fit, of people who are part of nothing planted yet, in random order; one for each person.
    pub fn grants(&mut self, fits: impl Fn(&Grant, &Person) -> bool) -> Vec<usize> {
        let people = &self.county.people;
        let mut found: Vec<usize> = Vec::new();
        for (index, grant) in self.county.grants.iter().enumerate() {
            let person = &people[grant.person];
            if !person.has(role::PLANTED) && fits(grant, person) {
                found.push(index);
            }
        }
        self.rng.shuffle(&mut found);
        let mut seen = std::collections::BTreeSet::new();
        found.retain(|index| seen.insert(self.county.grants[*index].person));
        found
    }

    /// Marks a person as part of something planted.
    pub fn take(&mut self, person: PersonIx) {
        self.county.people.assign(person, role::PLANTED);
    }

    /// The number of a person.
    pub fn id(&self, person: PersonIx) -> Code18 {
        self.county.people[person].id
    }

    /// A budget unit of a kind, at random.
    pub fn unit(&mut self, kind: UnitKind) -> usize {
        let units: Vec<usize> =
            (0..self.county.units.len()).filter(|u| self.county.units[*u].kind == kind).collect();
        units[self.rng.index(units.len())]
    }

    /// A village at random.
    pub fn village(&mut self) -> usize {
        self.rng.index(self.county.place.villages.len())
    }

    /// A village at random; planted and excused things happen in different ones.
    pub fn village_for(&mut self, planted: bool) -> usize {
        let half = self.rng.index(self.county.place.villages.len() / 2);
        half * 2 + usize::from(planted)
    }

    /// A budget unit at random; planted and excused things happen in different ones.
    pub fn unit_for(&mut self, planted: bool) -> usize {
        let half = self.rng.index(self.county.units.len() / 2);
        half * 2 + usize::from(planted)
    }

    /// A village of another township.
    pub fn far_village(&mut self, from: usize) -> usize {
        let townships = &self.county.place.townships;
        let other = (self.county.place.villages[from].township + 1 + self.rng.index(townships.len() - 1))
            % townships.len();
        let range = townships[other].villages.clone();
        range.start + self.rng.index(range.len())
    }

    /// Opens a subsistence allowance case of these people and pays it.
    pub fn open_case(&mut self, members: Vec<PersonIx>, income: i64, approved: gnomon_kernel::Day) -> usize {
        let applicant = members[0];
        let index = self.county.cases.len();
        let village = self.county.people[applicant].village;
        for member in &members {
            self.county.people.assign(*member, role::POOR);
        }
        let handlers = &self.county.handlers;
        let case = Case {
            number: format!("DB870121{:06}", index + 1),
            applicant,
            members,
            village,
            urban: self.county.place.villages[village as usize].urban,
            income,
            approved,
            stopped: None,
            handler: handlers[self.rng.index(handlers.len())],
            kin_declared: false,
        };
        let grant =
            Grant::new(applicant, Programme::Dibao, case.months(), case.amount()).detail(index as u32);
        self.county.cases.push(case);
        self.county.grants.push(grant);
        index
    }

    /// Puts a person on a public payroll, without a place on the roster of officials.
    pub fn put_on_payroll(
        &mut self,
        person: PersonIx,
        staff_type: StaffType,
        months: (i32, i32),
        yuan: i64,
    ) -> usize {
        let unit = self.unit(UnitKind::School);
        let start = crate::base::time::day_in(months.0, 1);
        let end = (months.1 < crate::base::time::MONTHS).then(|| crate::base::time::last_day(months.1 - 1));
        self.county.people.assign(person, role::PAYROLL);
        // Odd jobs for the village would be another matter.
        self.county.villages.labours.retain(|labour| labour.person != person);
        self.county.jobs.push(Job {
            tenure: Tenure { person, start, end },
            unit,
            staff_type,
            rank: None,
            position: "工作人员",
            pay: yuan * 100,
            from: months.0,
            to: months.1,
        });
        unit
    }

    /// Founds a company that does no everyday business with units and villages.
    pub fn found_company(
        &mut self,
        owner: PersonIx,
        other: PersonIx,
        line: Line,
        since: gnomon_kernel::Day,
    ) -> usize {
        let index = self.county.companies.len();
        let stake = |person, role| Stake { person, role, from: since, to: None };
        let share = |person, basis_points| Share { person, basis_points, from: since, to: None };
        let word = ["贸易", "工程", "实业", "服务"][index % 4];
        self.county.people.assign(owner, role::BUSINESS);
        self.county.people.assign(other, role::BUSINESS);
        self.county.companies.push(Company {
            code: Code18::credit(b"91", COUNTY, 40_000_000 + index as u32 * 997),
            name: format!("砚溪县汀澜{word}{}号有限公司", index + 1),
            line,
            supplier: false,
            village: self.county.people[owner].village as usize,
            capital: 100,
            established: since,
            cancelled: None,
            stakes: vec![
                stake(owner, Role::LegalRep),
                stake(owner, Role::Director),
                stake(owner, Role::Manager),
                stake(other, Role::Supervisor),
            ],
            shares: vec![share(owner, 6_000), share(other, 4_000)],
        });
        index
    }

    /// Somebody without any tie to office, poverty or trade, to fill a harmless role.
    pub fn bystander(&mut self) -> Option<PersonIx> {
        let barred =
            role::PAYROLL | role::OFFICIAL | role::CADRE | role::KIN | role::PAYROLL_KIN | role::POOR;
        let barred = barred | role::BUSINESS | role::AWAY | role::EMPLOYEE | role::TENANT | role::PLANTED;
        for _ in 0..4_000 {
            let person = PersonIx::at(self.rng.index(self.county.people.all.len()));
            let of = &self.county.people[person];
            if of.alive() && (25..56).contains(&of.age()) && !of.has(barred) {
                self.take(person);
                return Some(person);
            }
        }
        None
    }

    /// Officials and village cadres near a person, house mates included.
    pub fn officials_near(&self, person: PersonIx) -> Vec<PersonIx> {
        let people = &self.county.people;
        let mut found = self.county.kinship.near(people, person);
        found.retain(|kin| people[*kin].has(role::OFFICIAL | role::CADRE));
        found
    }

    /// Whether nobody near this person draws a means-tested benefit or sells to units and villages.
    pub fn clean_circle(&self, person: PersonIx) -> bool {
        let near = self.county.kinship.near(&self.county.people, person);
        near.iter().all(|kin| !self.county.people[*kin].has(role::POOR | role::BUSINESS | role::PLANTED))
    }
}
