use std::{fs, io::Write as _, time::Duration};

use gnomon_kernel::Code;

use crate::world::World;

#[tokio::test]
async fn files_that_rest_are_taken_and_put_aside() {
    let world = World::new().await;
    world.file("drop", "kind = \"folder\"\npath = \"drop\"");
    let folder = world.bench.dir.path().join("connections/drop");
    fs::create_dir(&folder).unwrap();
    for (name, text) in
        [("a.csv", "one"), ("b.csv", "two"), ("same.csv", "one"), ("~$a.xlsx", "x"), ("c.csv.part", "x")]
    {
        fs::write(folder.join(name), text).unwrap();
    }
    let half = folder.join("half.csv");
    fs::write(&half, "begun").unwrap();
    let writing = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(4)).await;
        fs::File::options().append(true).open(half).unwrap().write_all(b", not ended").unwrap();
    });
    world.refuse("b.csv");
    let pulled = world.pull("drop").await.unwrap();
    writing.await.unwrap();
    assert_eq!((pulled.batches, pulled.refused), (1, 1));
    assert_eq!(world.delivered().await, ["one"]);
    let names = |of: &str| {
        let mut names: Vec<String> = fs::read_dir(folder.join(of))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("taken"), ["a.csv", "same.csv"]);
    assert_eq!(names("refused"), ["b.csv", "b.csv.reason.txt"]);
    assert_eq!(names(""), ["c.csv.part", "half.csv", "refused", "taken", "~$a.xlsx"]);
    let reason = fs::read_to_string(folder.join("refused/b.csv.reason.txt")).unwrap();
    assert!(reason.starts_with("G1107 header-unknown\n"), "{reason}");
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_a_source_that_is_gone() {
    let world = World::new().await;
    world.file("drop", "kind = \"folder\"\npath = \"nowhere\"");
    assert_eq!(world.pull("drop").await.unwrap_err().code, Code::ConnectionGone);
}
