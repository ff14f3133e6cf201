//! Every page in its interesting states, filled with invented people.
