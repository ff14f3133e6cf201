use super::KeyDirt;

/// How often each thing is wrong, in cases of a thousand cells.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// No number, or a word in its place.
    pub numberless: u32,
    /// One digit of the number is another one.
    pub wrong_digit: u32,
    /// The number of 15 digits, of those who had one.
    pub old_number: u32,
    /// The number of the head of the household.
    pub borrowed_number: u32,
    /// No name, or a word in its place.
    pub nameless: u32,
    /// A character that sounds like the right one.
    pub homophone: u32,
    /// A character that looks like the right one.
    pub look_alike: u32,
    /// A rare character, typed as its pieces; of those who have one.
    pub pieces: u32,
    /// Full width, or blanks within.
    pub wide: u32,
    /// No birthday.
    pub dayless: u32,
    /// Day and month in the other's place.
    pub swapped_day: u32,
    /// Another day or year.
    pub wrong_day: u32,
    /// Where they lived before, or what the village was called before.
    pub old_address: u32,
    /// No address.
    pub homeless: u32,
    /// The telephone of the head of the household.
    pub family_phone: u32,
    /// A telephone of somebody else.
    pub other_phone: u32,
    /// A telephone that is nobody's.
    pub placeholder: u32,
    /// No telephone.
    pub phoneless: u32,
}

const CLEAN: Rates = Rates {
    numberless: 5,
    wrong_digit: 1,
    old_number: 10,
    borrowed_number: 0,
    nameless: 0,
    homophone: 2,
    look_alike: 1,
    pieces: 50,
    wide: 10,
    dayless: 5,
    swapped_day: 1,
    wrong_day: 1,
    old_address: 5,
    homeless: 5,
    family_phone: 200,
    other_phone: 5,
    placeholder: 2,
    phoneless: 30,
};

const DIRTY: Rates = Rates {
    numberless: 250,
    wrong_digit: 20,
    old_number: 50,
    borrowed_number: 3,
    nameless: 3,
    homophone: 15,
    look_alike: 8,
    pieces: 400,
    wide: 30,
    dayless: 60,
    swapped_day: 10,
    wrong_day: 10,
    old_address: 60,
    homeless: 60,
    family_phone: 450,
    other_phone: 40,
    placeholder: 15,
    phoneless: 100,
};

const VERY_DIRTY: Rates = Rates {
    numberless: 550,
    wrong_digit: 60,
    old_number: 100,
    borrowed_number: 10,
    nameless: 10,
    homophone: 40,
    look_alike: 20,
    pieces: 800,
    wide: 60,
    dayless: 150,
    swapped_day: 30,
    wrong_day: 30,
    old_address: 150,
    homeless: 150,
    family_phone: 700,
    other_phone: 80,
    placeholder: 40,
    phoneless: 200,
};

impl Rates {
    /// The rates of a degree of dirt.
    pub fn of(dirt: KeyDirt) -> Rates {
        match dirt {
            KeyDirt::Clean => CLEAN,
            KeyDirt::Dirty => DIRTY,
            KeyDirt::VeryDirty => VERY_DIRTY,
        }
    }
}
