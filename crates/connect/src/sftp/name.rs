//! Which names are wanted.

/// A pattern of names: `*` stands for any characters, `?` for one.
#[derive(Debug, Clone)]
pub(super) struct Glob(Vec<char>);

impl Glob {
    pub fn new(pattern: &str) -> Glob {
        Glob(pattern.chars().collect())
    }

    /// Whether the whole name is of the pattern.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.chars().collect();
        let (mut at, mut of) = (0, 0);
        // After the last star, and from where on in the name it may stand for one character more.
        let mut again: Option<(usize, usize)> = None;
        while let Some(c) = name.get(at) {
            match self.0.get(of) {
                Some('*') => {
                    again = Some((of + 1, at));
                    of += 1;
                }
                Some(wanted) if *wanted == '?' || wanted == c => (at, of) = (at + 1, of + 1),
                _ => match again {
                    Some((after, from)) => {
                        again = Some((after, from + 1));
                        (at, of) = (from + 1, after);
                    }
                    None => return false,
                },
            }
        }
        self.0.iter().skip(of).all(|c| *c == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, name, is_so) in [
            ("*.csv", "a.csv", true),
            ("*.csv", "a.csv.gz", false),
            ("工资_????-??*.csv", "工资_2025-03 (2).csv", true),
            ("工资_????-??*.csv", "工资_2025-3.csv", false),
            ("*a*b", "xaaxb", true),
            ("*a*b", "xaaxbc", false),
            ("[1].csv", "1.csv", false),
            ("*", "", true),
            ("?", "", false),
        ] {
            assert_eq!(Glob::new(pattern).matches(name), is_so, "{pattern} {name}");
        }
    }
}
