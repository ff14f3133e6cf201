//! Every error a person can meet, in one table: word, number, kind, HTTP status. The words for people are in
//! `ui/locales/*/errors.ftl` under the key `error-<word>`.

/// What sort of thing went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// A cell or row of a delivered file.
    Row,
    /// A delivered file as a whole.
    File,
    /// A request of a person or program.
    Request,
    /// A model, dataset, view or list file.
    Library,
    /// The machine or the deployment.
    System,
}

macro_rules! codes {
    ($($name:ident, $word:literal, $number:literal, $kind:ident, $status:literal, $doc:literal;)*) => {
        /// An error code. Numbers are never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $doc] $name,)* }

        impl Code {
            /// All codes in the order of their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The word: stable, lower case, used in files and as locale key `error-<word>`.
            pub fn word(self) -> &'static str { match self { $(Code::$name => $word,)* } }
            /// The number, as in `G1004`.
            pub fn number(self) -> u16 { match self { $(Code::$name => $number,)* } }
            /// The sort of thing that went wrong.
            pub fn kind(self) -> CodeKind { match self { $(Code::$name => CodeKind::$kind,)* } }
            /// The HTTP status a page answers with.
            pub fn status(self) -> u16 { match self { $(Code::$name => $status,)* } }
            /// One English sentence for developers and the generated table.
            pub fn meaning(self) -> &'static str { match self { $(Code::$name => $doc,)* } }
            /// Reads the word back.
            pub fn parse(word: &str) -> Option<Code> { Code::ALL.iter().copied().find(|code| code.word() == word) }
        }
    };
}

codes! {
    Empty, "empty", 1001, Row, 422, "A required cell is empty.";
    IdLength, "id-length", 1002, Row, 422, "An identity number has neither 18 nor 15 characters.";
    IdChar, "id-char", 1003, Row, 422, "An identity number has a character that cannot stand there.";
    IdRegion, "id-region", 1004, Row, 422, "An identity number begins with an unknown province.";
    IdDate, "id-date", 1005, Row, 422, "An identity number holds a birth date that does not exist.";
    IdCheck, "id-check", 1006, Row, 422, "The check character of an identity number is wrong.";
    OrgLength, "org-length", 1007, Row, 422, "A credit code does not have 18 characters.";
    OrgChar, "org-char", 1008, Row, 422, "A credit code has a character that cannot stand there.";
    OrgCheck, "org-check", 1009, Row, 422, "The check character of a credit code is wrong.";
    Date, "date", 1010, Row, 422, "A cell is not a day that exists.";
    DateRange, "date-range", 1011, Row, 422, "A day lies before 1880 or too far in the future.";
    Month, "month", 1012, Row, 422, "A cell is not a month.";
    Money, "money", 1013, Row, 422, "A cell is not an amount of money.";
    MoneyNegative, "money-negative", 1014, Row, 422, "An amount is negative where this dataset allows none.";
    Number, "number", 1015, Row, 422, "A cell is not a number.";
    NumberRange, "number-range", 1016, Row, 422, "A number lies outside its bounds.";
    Enum, "enum", 1017, Row, 422, "A cell is none of the allowed words.";
    Bool, "bool", 1018, Row, 422, "A cell is neither yes nor no.";
    Region, "region", 1019, Row, 422, "A cell is not a division code of 6, 9 or 12 digits.";
    Account, "account", 1020, Row, 422, "An account number has characters that cannot stand there or was mangled by a spreadsheet.";
    TextLength, "text-length", 1021, Row, 422, "A cell is longer than its limit.";
    Duplicate, "duplicate", 1022, Row, 422, "The same row was already delivered.";
    RowWidth, "row-width", 1023, Row, 422, "A line has more or fewer cells than the header.";
    Encoding, "encoding", 1024, Row, 422, "A line holds bytes that are no text in the file's encoding.";
    Plate, "plate", 1025, Row, 422, "A cell is not a vehicle plate.";
    Phone, "phone", 1026, Row, 422, "A cell is not a telephone number.";
    Contradiction, "contradiction", 1027, Row, 422, "Another row of the same file says something else about the same fact.";
    NothingToEnd, "nothing-to-end", 1028, Row, 422, "A row deletes a fact that is not there.";
    Operation, "operation", 1029, Row, 422, "The operation of a row is none of insert, update, delete.";
    RowReference, "row-reference", 1030, Row, 422, "A row names a refused row that it cannot mend.";
    Document, "document", 1031, Row, 422, "A document number has none of the known forms.";
    OrgNumber, "org-number", 1032, Row, 422, "An organisation, registration or taxpayer number has none of the known forms, or its check is wrong.";
    CardCheck, "card-check", 1033, Row, 422, "The check digit of a bank card is wrong.";
    FileEmpty, "file-empty", 1101, File, 422, "The file holds no rows.";
    FileFormat, "file-format", 1102, File, 415, "The file is not in a format that can be read.";
    FileNotSpreadsheet, "file-not-spreadsheet", 1103, File, 415, "The file is named like a workbook and is something else.";
    FileBomb, "file-bomb", 1104, File, 413, "The file unpacks to far more than its size allows.";
    FileTooLarge, "file-too-large", 1105, File, 413, "The file or a line in it is larger than the limit.";
    ColumnMissing, "column-missing", 1106, File, 422, "A required column is missing.";
    HeaderUnknown, "header-unknown", 1107, File, 422, "No row was found that reads as this dataset's header.";
    HeaderTwice, "header-twice", 1108, File, 422, "Two columns claim the same meaning.";
    FileKnown, "file-known", 1109, File, 409, "This very file was already taken in.";
    DatasetUnknown, "dataset-unknown", 1110, File, 404, "There is no such dataset.";
    FileUnclear, "file-unclear", 1111, File, 422, "The file's header fits no dataset, or more than one.";
    FileUnreadable, "file-unreadable", 1112, File, 422, "The file cannot be opened.";
    Shrunk, "shrunk", 1113, File, 422, "The file would end more than three tenths of the facts it is the whole truth of.";
    DatasetChanged, "dataset-changed", 1114, File, 409, "The dataset's description has changed since its table was made.";
    VersionGone, "version-gone", 1115, File, 410, "The data of that moment are no longer kept.";
    MostlyUnfit, "mostly-unfit", 1116, File, 422, "More than half of the file's rows cannot be used.";
    Forbidden, "forbidden", 1201, Request, 403, "This role may not do that.";
    NotFound, "not-found", 1202, Request, 404, "There is no such thing, or it is not for this person.";
    LoginFailed, "login-failed", 1203, Request, 401, "Name or password is wrong.";
    LoginSlow, "login-slow", 1204, Request, 429, "Too many failed log-ins; wait.";
    Csrf, "csrf", 1205, Request, 403, "The form is stale or did not come from this site.";
    Conflict, "conflict", 1206, Request, 409, "Somebody else changed this in the meantime.";
    State, "state", 1207, Request, 409, "This step is not possible in the present state.";
    SamePerson, "same-person", 1208, Request, 403, "This step needs another person.";
    Missing, "missing", 1209, Request, 422, "A field that is needed was left empty.";
    Invalid, "invalid", 1210, Request, 422, "A field holds something that cannot be used.";
    NotLoggedIn, "not-logged-in", 1211, Request, 401, "Log in first.";
    TooLarge, "too-large", 1212, Request, 413, "The request is larger than the limit.";
    TokenInvalid, "token-invalid", 1213, Request, 401, "The token is missing, wrong, expired or revoked.";
    KeyReused, "key-reused", 1214, Request, 409, "The idempotency key was already used for something else.";
    TooMany, "too-many", 1215, Request, 429, "Too many requests of one token are under way.";
    NotAgreed, "not-agreed", 1216, Request, 403, "No agreement to share this dataset is in force.";
    ColumnUnread, "column-unread", 1217, Request, 422, "A sensitive column is asked for that none of the named models reads.";
    ModelUnknown, "model-unknown", 1301, Library, 404, "There is no such model.";
    ModelInvalid, "model-invalid", 1302, Library, 422, "The model file has errors.";
    ParameterUnknown, "parameter-unknown", 1303, Library, 422, "The model has no such parameter.";
    ParameterBounds, "parameter-bounds", 1304, Library, 422, "The value lies outside the parameter's bounds.";
    ModelMemory, "model-memory", 1305, Library, 500, "The model needed more memory than a run may use.";
    ModelTime, "model-time", 1306, Library, 500, "The model ran longer than a run may.";
    ModelRows, "model-rows", 1307, Library, 500, "The model found more than a run may report.";
    ModelFailed, "model-failed", 1308, Library, 500, "The model failed while it ran.";
    StoreNewer, "store-newer", 1401, System, 503, "The data directory was written by a newer version of this program.";
    DiskFull, "disk-full", 1402, System, 507, "The disk is full.";
    PortTaken, "port-taken", 1403, System, 503, "Another program listens on this address.";
    Busy, "busy", 1404, System, 503, "The store is busy; try again.";
    Internal, "internal", 1405, System, 500, "Something failed that should not have; the log has the rest.";
    DataFileGone, "data-file-gone", 1406, System, 503, "A data file of a table is missing.";
    ConnectionFile, "connection-file", 1501, System, 422, "A connection's file has an error.";
    ConnectionGone, "connection-gone", 1502, System, 503, "A connection's source cannot be reached, or went away.";
    ConnectionLogin, "connection-login", 1503, System, 403, "A connection's source refused the name or the password.";
    ConnectionQuery, "connection-query", 1504, System, 422, "A connection's source refused the query.";
    ConnectionCell, "connection-cell", 1505, System, 422, "A column of a connection's source holds something that is no text.";
    ConnectionAnswer, "connection-answer", 1506, System, 502, "The answer of a connection's source cannot be used.";
    ConnectionTime, "connection-time", 1507, System, 504, "A pull took longer than it may.";
    ConnectionHostUnknown, "connection-host-unknown", 1508, System, 502, "The key of a connection's host is not known here.";
    ConnectionHostChanged, "connection-host-changed", 1509, System, 502, "The key of a connection's host is not the one that is known.";
    ConnectionKey, "connection-key", 1510, System, 403, "A connection's host refused the name or the key.";
    ConnectionPath, "connection-path", 1511, System, 422, "A connection's host has no such folder, or does not open it.";
    ConnectionName, "connection-name", 1512, System, 422, "A file of a connection's source has a name that cannot be used.";
    ConnectionProgram, "connection-program", 1513, System, 503, "A program that a connection needs is not installed.";
    LinkOneColumn, "link-one-column", 1601, File, 422, "A file to be linked has one column only.";
    LinkColumnUnknown, "link-column-unknown", 1602, Request, 422, "A column that is mapped to a role is in no file.";
    LinkNothing, "link-nothing", 1603, File, 422, "No column of the files says who a row is about.";
    LinkTooMany, "link-too-many", 1604, File, 413, "More rows than can be linked at once.";
    LinkRowUnknown, "link-row-unknown", 1605, Request, 404, "A row asked for is not there.";
    LinkContradiction, "link-contradiction", 1606, Request, 409, "Rulings about who is who contradict each other.";
}

/// `G1006 id-check`.
impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "G{} {}", self.number(), self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_unique() {
        for (i, one) in Code::ALL.iter().enumerate() {
            for other in &Code::ALL[i + 1..] {
                assert_ne!(one.word(), other.word());
                assert!(one.number() < other.number());
            }
            assert_eq!(Code::parse(one.word()), Some(*one));
        }
    }
}
