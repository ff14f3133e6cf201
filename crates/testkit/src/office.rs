//! A unit with officials who have relatives, for tests of declarations.

use gnomon_domain::Actor;
use gnomon_kernel::{Masked, RowRef};
use gnomon_library::{
    Library,
    dataset::Dataset,
    office::{KinMatter, KinOrganisation, Official},
};

use crate::Bench;

/// Code of the unit.
pub const UNIT: &str = "11870121008710103B";
/// Number of the unit's first official.
pub const OFFICIAL: &str = "870121197001010210";
/// Number of the official's child.
pub const CHILD: &str = "870121199009090349";
/// Credit code of the company that the child heads.
pub const COMPANY: &str = "91870121MA0X000157";

/// Adds the dataset that declared rows are taken into, as the library has it.
pub fn with_declarations(library: &mut Library) {
    let text = include_str!("../../../library/datasets/inspectorate/kinship_disclosure.toml");
    let dataset: Dataset = toml::from_str(text).unwrap();
    library.datasets.insert(dataset.key.clone(), dataset);
}

/// Somebody in office without end.
pub fn official(number: &str, name: &str, unit: &str) -> Official {
    Official {
        number: Masked::new(number.to_owned()),
        name: name.to_owned(),
        unit: unit.to_owned(),
        unit_name: format!("单位{unit}"),
        post: "科员".to_owned(),
        region_code: Some("870121000000".to_owned()),
        from: None,
        until: None,
    }
}

/// A child, who heads a company or does not.
pub fn child(company: Option<&str>) -> KinMatter {
    let organisation = |code: &str| KinOrganisation {
        code: code.to_owned(),
        name: "砚溪青禾建材有限公司".to_owned(),
        role: "legal_rep".to_owned(),
    };
    KinMatter {
        kin: Masked::new(CHILD.to_owned()),
        name: "温苗".to_owned(),
        relation: "child".to_owned(),
        degree: 1,
        source: "birth".to_owned(),
        organisation: company.map(organisation),
        rows: vec![RowRef { batch: 1, sheet: 0, line: 2 }],
    }
}

impl Bench {
    /// Two officials of one unit and one of another; this account speaks for the first unit.
    pub async fn office(&self, liaison: &str) {
        self.answer(|answers| {
            answers.officials = vec![
                official(OFFICIAL, "温竹", UNIT),
                official("870121197106250229", "卓溪", UNIT),
                official("870121197203030236", "祁松", "870121100201"),
            ];
        });
        self.app.set_unit_account(&Actor::system(), liaison, UNIT, None).await.unwrap();
    }

    /// Performs every job that waits.
    pub async fn work(&self) {
        while let Some(job) = self.app.claim("worker").await.unwrap() {
            self.app.perform(&job, &|_| {}).await.unwrap();
        }
    }
}
