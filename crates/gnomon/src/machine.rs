//! What the machine has.

use std::fs;

/// Taken where the system does not tell.
const UNKNOWN_MIB: i64 = 6 << 10;
/// The least to plan with; less is the system's to refuse.
const LEAST_MIB: i64 = 4 << 10;

/// Memory in MiB: the machine's, or what its container may use where that is less.
pub fn memory_mib() -> i64 {
    let machine = fs::read_to_string("/proc/meminfo").ok().and_then(|text| of_meminfo(&text));
    let container = fs::read_to_string("/sys/fs/cgroup/memory.max").ok().and_then(|text| of_cgroup(&text));
    machine.into_iter().chain(container).min().unwrap_or(UNKNOWN_MIB).max(LEAST_MIB)
}

fn of_meminfo(text: &str) -> Option<i64> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: i64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib >> 10)
}

/// `max` where there is no limit.
fn of_cgroup(text: &str) -> Option<i64> {
    text.trim().parse::<i64>().ok().map(|bytes| bytes >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_linux_says() {
        assert_eq!(of_meminfo("MemTotal:       24596940 kB\nMemFree:  1 kB\n"), Some(24_020));
        assert_eq!(of_meminfo("nothing"), None);
        assert_eq!((of_cgroup("4294967296\n"), of_cgroup("max\n")), (Some(4096), None));
        assert!(memory_mib() >= LEAST_MIB);
    }
}
