//! What may stand in a connection's file.

use gnomon_kernel::Code;

use crate::world::World;

#[tokio::test]
async fn every_kind_is_read() {
    let world = World::new().await;
    let good = [
        (
            "a",
            "kind = \"postgresql\"\nurl = \"postgresql://reader@db/finance\"\npassword_file = \"pw\"\ntable = \"pay.rows\"\nwatermark = \"id\"",
        ),
        (
            "b",
            "kind = \"mysql\"\nurl = \"mysql://reader@db/finance\"\npassword_env = \"PW\"\nquery = \"select * from t\"\ntimeout = \"90s\"\nretries = 0",
        ),
        ("c", "kind = \"sqlite\"\nfile = \"a.db\"\ntable = \"t\"\npage = 500\nenabled = false"),
        (
            "d",
            "kind = \"http\"\nurl = \"https://a.example/api?x=1\"\nformat = \"json\"\nrows = \"/data\"\npage_parameter = \"page\"",
        ),
        ("e", "kind = \"http\"\nurl = \"https://a.example/\"\nformat = \"html\"\ntable = 2\nper_minute = 10"),
        ("f", "kind = \"folder\"\npath = \"drop\""),
        (
            "g",
            "kind = \"s3\"\nendpoint = \"https://s3.example\"\nbucket = \"b\"\nprefix = \"p/\"\naccess_key = \"k\"\npassword_file = \"pw\"",
        ),
        (
            "h",
            "kind = \"sftp\"\nhost = \"sftp.example\"\nport = 2222\nuser = \"u\"\npath = \"out\"\nglob = \"*.csv\"\nidentity_file = \"k\"\nknown_hosts = \"h\"\nafter = \"move\"",
        ),
    ];
    for (name, text) in good {
        world.file(name, text);
    }
    let listed = world.connections.list().await.unwrap();
    assert_eq!(listed.len(), good.len());
    for one in listed {
        let definition = one.definition.unwrap_or_else(|fault| panic!("{}: {fault:?}", one.name));
        assert_eq!((definition.dataset.as_str(), definition.enabled), ("payroll", one.name != "c"));
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_named_with_what_is_expected() {
    let world = World::new().await;
    let database = "kind = \"postgresql\"\nurl = \"postgresql://reader@db/x\"";
    for (text, found, expected) in [
        ("", "kind: —", "postgresql, mysql, sqlite, http, folder, s3, sftp"),
        ("kind = \"oracle\"", "kind = \"oracle\"", "postgresql, mysql, sqlite, http, folder, s3, sftp"),
        ("kind = \"folder\"\npath = \"x\"\npasword = \"geheim\"", "pasword", "path"),
        ("kind = \"folder\"", "path: —", "a folder"),
        ("kind = \"folder\"\npath = \"x\"\ntimeout = \"10\"", "timeout = \"10\"", "90s, 15m, 2h"),
        (&format!("{database}\nquery = \"drop table x\""), "query = drop …", "select …"),
        (&format!("{database}\nquery = \"select 1\"\ntable = \"x\""), "query, table", "one of them"),
        (&format!("{database}\ntable = \"x\"\npage = 0"), "page = 0", "1 … 100000"),
        ("kind = \"http\"\nurl = \"ftp://x\"\nformat = \"csv\"", "url = ftp:…", "https://…"),
        ("kind = \"folder\"\npath = geheim", "line 4", ""),
    ] {
        world.file("odd", text);
        let fault = world.connections.find("odd").await.unwrap_err();
        assert_eq!((fault.code, fault.found.as_str()), (Code::ConnectionFile, found), "{text}");
        assert!(fault.expected.contains(expected), "{text}: {}", fault.expected);
        assert!(!format!("{fault:?}").contains("geheim"), "{fault:?}");
    }
}

#[tokio::test]
async fn a_password_in_an_address_is_refused_and_not_repeated() {
    let world = World::new().await;
    for address in ["postgresql://reader:geheim@db/x", "postgresql://reader@db/x?password=geheim"] {
        world.file("odd", &format!("kind = \"postgresql\"\nurl = \"{address}\"\ntable = \"t\""));
        let fault = world.connections.find("odd").await.unwrap_err();
        assert_eq!((fault.code, fault.found.as_str()), (Code::ConnectionFile, "url: ***"));
        assert!(!format!("{fault:?}").contains("geheim"));
    }
    world.file("odd", "kind = \"http\"\nurl = \"https://u:geheim@x/\"\nformat = \"csv\"");
    assert!(!format!("{:?}", world.connections.find("odd").await.unwrap_err()).contains("geheim"));
}

#[tokio::test]
async fn one_bad_file_stands_in_nobodys_way() {
    let world = World::new().await;
    world.file("bad", "kind = \"folder\"");
    world.file("good", "kind = \"folder\"\npath = \"drop\"");
    world.file("Bad Name", "kind = \"folder\"\npath = \"drop\"");
    std::fs::create_dir(world.bench.dir.path().join("connections/drop")).unwrap();
    let listed = world.connections.list().await.unwrap();
    let usable: Vec<(&str, bool)> =
        listed.iter().map(|one| (one.name.as_str(), one.definition.is_ok())).collect();
    assert_eq!(usable, [("Bad Name", false), ("bad", false), ("good", true)]);
    assert_eq!(world.pull("good").await.unwrap().batches, 0);
}
