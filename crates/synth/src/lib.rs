//! draft
mod base; mod error; mod people; mod place; mod write;
pub use error::SynthError;
pub struct Progress { pub done: u64, pub total: u64, pub what: &'static str }
#[cfg(test)] mod t {
 #[test] fn demo() {
   let n: u32 = std::env::var("N").ok().and_then(|x| x.parse().ok()).unwrap_or(20000);
   let place = crate::place::Place::lay_out(n, 1);
   let t=std::time::Instant::now();
   let p = crate::people::raise(&place, n, 1);
   let k = crate::people::Kinship::of(&p);
   println!("time {:?} total {} size {}", t.elapsed(), p.all.len(), std::mem::size_of::<crate::people::Person>());
   let alive: Vec<_> = p.all.iter().filter(|x| x.alive() && !x.has(crate::people::role::AWAY)).collect();
   println!("alive {} hh {}", alive.len(), p.heads.iter().filter(|h| h.is_some()).count());
   for a in (0..110).step_by(10) { println!("{a}: {:.2}%", 100.0*alive.iter().filter(|x| (a..a+10).contains(&x.age())).count() as f64/alive.len() as f64); }
   println!("60+ {} 80+ {}", alive.iter().filter(|x| x.age()>=60).count(), alive.iter().filter(|x| x.age()>=80).count());
   println!("newcomers? with father {}", alive.iter().filter(|x| x.father.is_some()).count());
   println!("deaths since 2019: {} since 2022-07 {}", p.all.iter().filter(|x| x.death.is_some_and(|d| d>=crate::base::time::day(2019,1,1))).count(), p.all.iter().filter(|x| x.death.is_some_and(|d| d>=crate::base::time::day(2022,7,1))).count());
   let mut rel = std::collections::BTreeMap::new();
   for (ix, x) in p.iter() { if let (true, Some(h)) = (x.alive(), p.heads[x.household as usize]) { *rel.entry(format!("{:?}", crate::people::relation_to_head(&p, ix, h))).or_insert(0)+=1; } }
   println!("{rel:?}");
   println!("near {}", (0..200).map(|i| k.near(&p, crate::people::PersonIx::at(i*37)).len()).sum::<usize>()/200);
   println!("{} {}", p.all[5].id, p.all[5].name);
 }
}
