//! draft
mod base; mod county; mod error; mod health; mod money; mod people; mod place; mod spend; mod trade; mod village; mod work; mod write;
pub use error::SynthError;
#[derive(Debug, Clone, Copy)]
pub struct CountySpec { pub people: u32, pub seed: u64 }
pub struct Progress { pub done: u64, pub total: u64, pub what: &'static str }
#[cfg(test)] mod t {
 #[test] fn demo() {
   let n: u32 = std::env::var("N").ok().and_then(|x| x.parse().ok()).unwrap_or(20000);
   let t=std::time::Instant::now();
   let c = crate::county::County::raise(&super::CountySpec{people:n, seed:1});
   println!("raise {:?}", t.elapsed());
   let mut p = |p: super::Progress| { let _=p; };
   let mut o = crate::write::Office::open(std::path::Path::new("/tmp/synth-out"), 1, n as u64*27, &mut p).unwrap();
   c.write(&mut o).unwrap();
   println!("write {:?}", t.elapsed());
   let files = o.close();
   let mut by: std::collections::BTreeMap<&str,u64> = Default::default();
   for f in &files { *by.entry(f.dataset).or_default() += f.rows; }
   println!("{by:#?} files {} rows {}", files.len(), files.iter().map(|f| f.rows).sum::<u64>());
 }
}
