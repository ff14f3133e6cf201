//! A county with one delivery, two warnings and three people.

use axum::Router;
use gnomon_app::{Delivered, DoubtView, NewRequest, PairFilter, PairsShown, Request, Seen};
use gnomon_connect::Connections;
use gnomon_console::{Config, Settings, router};
use gnomon_domain::{Actor, DataEnd, RequestEvent, Role};
use gnomon_kernel::{EntityKind, RowRef, Tier, WarningId, Words};
use gnomon_library::{
    Library,
    analytics::{Region, RejectedRow, RejectedRows, SourceLine, TableRow},
    entity::{Doubt, FieldComparison, Mention, MentionPlace},
};
use gnomon_testkit::{
    Bench, PASSWORD, finding,
    objects::{official, unit},
};

use crate::client::Client;

/// The largest file the site takes here, in bytes.
pub const UPLOAD_LIMIT: u64 = 100_000;

/// A name as somebody with bad intentions would register it.
pub const HOSTILE: &str = "<script>alert('张三')</script>";

/// The row that describes a person in public office, about whom [`World::mine`] is: the address of their page.
pub const OFFICE: &str = "1:0:4";

pub struct World {
    pub bench: Bench,
    pub router: Router,
    pub handler: Actor,
    /// A warning that is assigned to the handler.
    pub mine: Seen,
    /// A warning that nobody has.
    pub other: Seen,
}

impl World {
    pub async fn new() -> World {
        World::with(|_| {}).await
    }

    /// The same with another library.
    pub async fn with(change: impl FnOnce(&mut Library)) -> World {
        let bench = Bench::with(change).await;
        let officer = bench.person("officer", Role::DutyOfficer).await;
        let handler = bench.person("handler", Role::Handler).await;
        bench.person("leader", Role::Leader).await;
        bench.person("liaison", Role::Department).await;
        bench.person("security", Role::Security).await;
        deliver(&bench).await;
        let mut second = finding(2);
        second.evidence.push(("remark".into(), HOSTILE.into()));
        bench.says(vec![finding(1), second]);
        bench.run().await;
        let items = bench.all().await.items;
        let about = |ending: &str| {
            let item = items.iter().find(|item| item.subject.ends_with(ending)).unwrap();
            Seen { warning: item.id.clone(), version: None }
        };
        let (mine, other) = (about("3201"), about("3202"));
        bench.assign(&officer, &handler, &mine).await;
        bench.app.connection(CONNECTION, None).await.unwrap();
        let router = router(bench.app.clone(), connections(&bench), config(&bench, false));
        World { router, handler, mine, other, bench }
    }

    /// A browser in which nobody is logged in.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A browser in which this person is logged in.
    pub async fn client(&self, login: &str) -> Client {
        let mut client = self.visitor();
        let token = self.bench.app.login(login, PASSWORD, "").await.unwrap().token;
        client.cookies.insert("gnomon".into(), token.secret().to_owned());
        client
    }

    /// The version that a form on the page carries.
    pub async fn version(&self, id: &WarningId) -> String {
        self.bench.app.warning(&Actor::system(), id).await.unwrap().item.version.to_string()
    }

    /// A new data request, brought to where the step of this name can be taken.
    pub async fn request_before(&self, step: &str) -> Request {
        let app = &self.bench.app;
        let officer = self.actor("officer").await;
        let new = NewRequest {
            dataset: "payroll".into(),
            purpose: "核对重复发放".into(),
            basis: "县数据共享办法第八条".into(),
            ..NewRequest::default()
        };
        let asked = app.ask_for_data(&officer, &new).await.unwrap();
        let take = async |login: &str, event| {
            let actor = self.actor(login).await;
            app.step_request(&actor, &asked.id, None, event).await.unwrap()
        };
        let agree = RequestEvent::Agree { note: String::new() };
        match step {
            "change" => take("liaison", RequestEvent::Return { reason: "请减少字段".into() }).await,
            "connect" | "ask-end" => take("liaison", agree).await,
            "confirm-end" => {
                take("liaison", agree).await;
                take("officer", RequestEvent::AskEnd { data: DataEnd::Erase, reason: "已用完".into() }).await
            }
            _ => asked,
        }
    }

    /// The pair in doubt one side of which has this number.
    pub async fn pair(&self, number: &str) -> DoubtView<'_> {
        let system = Actor::system();
        let text = Some(number.to_owned());
        let named = PairFilter { shown: PairsShown::All, text, ..PairFilter::default() };
        let rows = self.bench.app.doubts(&system, &named, 0).await.unwrap().rows;
        self.bench.app.doubt(&system, rows[0].number).await.unwrap()
    }

    async fn actor(&self, login: &str) -> Actor {
        self.bench.app.act_as(&Actor::system(), login).await.unwrap()
    }

    pub fn my_path(&self) -> String {
        format!("/warnings/{}", self.mine.warning)
    }
}

/// The connection that is known from the start.
pub const CONNECTION: &str = "finance";

/// One connection, and a file that cannot be used.
pub fn connections(bench: &Bench) -> Connections {
    let folder = bench.dir.path().join("connections");
    std::fs::create_dir_all(&folder).unwrap();
    let good = "kind = \"folder\"\ndataset = \"payroll\"\nschedule = \"30 2 * * *\"\npath = \"drop\"\n";
    std::fs::write(folder.join(format!("{CONNECTION}.toml")), good).unwrap();
    std::fs::write(folder.join("traffic.toml"), format!("{good}pasword = \"geheim\"\n")).unwrap();
    Connections::new(bench.app.clone(), bench.dir.path(), |_| None)
}

pub fn config(bench: &Bench, https: bool) -> Config {
    Config {
        settings: Settings {
            https,
            area: Words { zh: "澜禾县".into(), en: "Lanhe County".into() },
            synthetic: true,
        },
        demo: Vec::new(),
        uploads: bench.dir.path().join("arriving"),
        upload_limit: UPLOAD_LIMIT,
    }
}

/// The number of one side of the pair that touches a warning: that of the handler's warning.
pub const TOUCHED: &str = "870121198506143201";

/// The number of one side of a pair that touches none.
pub const UNTOUCHED: &str = "870121199001010017";

/// Two pairs in doubt: one that touches the handler's warning, one that touches none.
fn doubts() -> Vec<Doubt> {
    let mention = |id: &str, number: Option<&str>, name: &str| Mention {
        id: id.into(),
        number: number.map(str::to_owned),
        name: name.into(),
        details: vec![("phone".into(), "16912345678".into()), ("remark".into(), HOSTILE.into())],
        places: vec![MentionPlace {
            dataset: "payroll".into(),
            column: "person_id".into(),
            rows: 3,
            sample: RowRef { batch: 1, sheet: 0, line: 2 },
        }],
    };
    let compared = |field: &str, values: [&str; 2], level: &str, weight| FieldComparison {
        field: field.into(),
        values: values.map(str::to_owned),
        level: level.into(),
        weight,
        household: 0.5,
    };
    let doubt = |stem: &str, number| Doubt {
        kind: EntityKind::Person,
        sides: [
            mention(&format!("{stem}1"), Some(number), "张三丰"),
            mention(&format!("{stem}2"), None, "张三峰"),
        ],
        probability: 0.97,
        tier: Tier::Probable,
        together: false,
        comparisons: vec![
            compared("name", ["张三丰", "张三峰"], "near", 7.5),
            compared("month", ["202503", "202504"], "different", -2.0),
        ],
    };
    vec![doubt("a", TOUCHED), doubt("b", UNTOUCHED)]
}

/// One delivery: its rows in the table, one line as it came, one row kept back.
async fn deliver(bench: &Bench) {
    let region =
        |code: &str, name: &str| Region { code: code.into(), name: name.into(), parent: String::new() };
    let row = |line, month: i64, fen: i64| TableRow {
        row: RowRef { batch: 1, sheet: 0, line },
        dataset: "payroll".into(),
        cells: vec![
            ("person_id".into(), "870121198506143216".into()),
            ("month".into(), month.into()),
            ("amount".into(), fen.into()),
        ],
    };
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let rejected = RejectedRow {
        row: RowRef { batch: 1, sheet: 0, line: 9 },
        column: "身份证号".into(),
        code: "id-check".into(),
        found: "870121198506143217".into(),
        expected: String::new(),
        cells: texts(&["870121198506143217", "=1+1"]),
        mends: None,
    };
    bench.answer(|answers| {
        answers.regions = vec![region("870121001000", "青禾镇"), region("870121001007", "石塘村")];
        let (record, office) = official(OFFICE.parse().unwrap());
        answers.objects = vec![record, unit(OFFICE.parse().unwrap())];
        answers.rows = vec![row(2, 202_503, 12_000), row(3, 202_504, 12_000), office];
        answers.line = Some(SourceLine {
            sheet: String::new(),
            header: texts(&["身份证号", "月份", "金额", "备注"]),
            cells: texts(&["870121198506143216", "2025-03", "120.00", HOSTILE]),
            columns: texts(&["person_id", "month", "amount", ""]),
        });
        answers.doubts = doubts();
        answers.rejected = RejectedRows {
            header: texts(&["身份证号", "金额"]),
            rows: vec![rejected],
            unknown: vec!["备注".into()],
            ..RejectedRows::default()
        };
    });
    let path = bench.dir.path().join("payroll.csv");
    std::fs::write(&path, "身份证号,月份,金额\n").unwrap();
    bench
        .app
        .intake(&Actor::system(), &Delivered::new("payroll", &path, "payroll.csv"), &|_| {})
        .await
        .unwrap();
    bench.app.link(&Actor::system()).await.unwrap();
}
