//! Who may do what: one table of action by role, and how the two meet one warning.

use gnomon_kernel::{Code, UserId};

use crate::{
    role::{Actor, Role},
    words,
};

words! {
    /// Something a person or program asks for.
    Action {
        /// The page of numbers.
        ViewDashboard = "view_dashboard",
        /// The inbox; a handler's holds only what is assigned to them.
        ViewWarnings = "view_warnings",
        /// One warning with its evidence.
        ViewWarning = "view_warning",
        /// Give a warning to a handler, or to another one.
        Assign = "assign",
        /// Write down what verification found.
        Verify = "verify",
        /// Set the money to recover.
        Dispose = "dispose",
        /// Enter money that came back.
        Recover = "recover",
        /// Hand over for review.
        Submit = "submit",
        /// Accept or return another person's work.
        Review = "review",
        /// See a full number, with a recorded reason.
        Reveal = "reveal",
        /// Open the delivered line behind an evidence row.
        ViewSource = "view_source",
        /// How persons and organisations are tied to each other, with a recorded reason.
        ViewTies = "view_ties",
        /// Models with parameters, SQL and cases.
        ViewModels = "view_models",
        /// Start a run.
        RunModels = "run_models",
        /// Runs with their findings.
        ViewRuns = "view_runs",
        /// Datasets and deliveries, as counts.
        ViewData = "view_data",
        /// The lists of supervised objects, and the pages of those that are no persons.
        ViewObjects = "view_objects",
        /// The page of a person in public office, for a recorded reason.
        OpenPerson = "open_person",
        /// Take a file in.
        UploadData = "upload_data",
        /// Have a connection pull out of turn; what the pull brings is taken in.
        PullData = "pull_data",
        /// Take a delivery out again, or have a table made anew.
        WithdrawData = "withdraw_data",
        /// Ask that a person be erased on legal ground; see what was asked.
        AskErasure = "ask_erasure",
        /// Agree to it, or decline; never what one asked for oneself.
        AnswerErasure = "answer_erasure",
        /// Pairs of mentions that may be one, with what speaks for it.
        ViewIdentities = "view_identities",
        /// Rule whether the two of a pair are one, take a ruling back, see the values unmasked for a recorded reason.
        RuleIdentity = "rule_identity",
        /// Agree to a ruling that touches an open warning, or decline; never what one proposed oneself.
        ConfirmRuling = "confirm_ruling",
        /// Say what the cells of a header mean, for good.
        ManageLayouts = "manage_layouts",
        /// Refused rows, as delivered.
        DownloadRejected = "download_rejected",
        /// Accounts and passwords.
        ManageUsers = "manage_users",
        /// Tokens with which departments' systems push.
        ManageTokens = "manage_tokens",
        /// The list of data requests; a department's holds only those about its own datasets.
        ViewRequests = "view_requests",
        /// One data request with its agreement.
        ViewRequest = "view_request",
        /// Ask a department for data, say how they come, and ask for the end.
        AskForData = "ask_for_data",
        /// Agree to a data request, refuse it, or send it back.
        AnswerRequest = "answer_request",
        /// Confirm the end of an agreement, or that it goes on.
        ConfirmEnd = "confirm_end",
        /// Declarations of relatives' matters, as counts and states; a unit's liaison sees the own unit, a handler what is
        /// assigned to them.
        ViewKinship = "view_kinship",
        /// One declaration. Its relatives are shown to its unit and to the handler of a matter; counts to others.
        ViewDeclaration = "view_declaration",
        /// Make a year's declarations due; say which units belong and who speaks for which.
        OpenKinship = "open_kinship",
        /// Write a declaration, hand it in, answer what differs, tell a change.
        Declare = "declare",
        /// Have declarations compared with the registers.
        CheckKinship = "check_kinship",
        /// Put a unit's masked list together.
        AskPublication = "ask_publication",
        /// Release it, or send it back; never what one put together oneself.
        ReleasePublication = "release_publication",
        /// Say what follows from a matter that was found.
        SettleMatter = "settle_matter",
    }
}

/// What the table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Never.
    No,
    /// Always.
    Yes,
    /// For the warnings assigned to them.
    Assignee,
    /// Where nobody but others have had a hand.
    OtherPerson,
    /// For what their own department or unit owns.
    Owner,
    /// For what their own department or unit owns and somebody else asked for.
    OtherOwner,
}

impl Rule {
    /// The word used in snapshots and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Rule::No => "no",
            Rule::Yes => "yes",
            Rule::Assignee => "assignee",
            Rule::OtherPerson => "other_person",
            Rule::Owner => "owner",
            Rule::OtherOwner => "other_owner",
        }
    }
}

impl Action {
    /// The table. Columns: duty officer, handler, leader, system.
    fn row(self) -> [Rule; 4] {
        use Rule::{Assignee, No, OtherPerson, Yes};
        match self {
            Action::ViewDashboard => [Yes, Yes, Yes, Yes],
            Action::ViewWarnings => [Yes, Yes, Yes, Yes],
            Action::ViewWarning => [Yes, Assignee, Yes, Yes],
            Action::Assign => [Yes, No, Yes, No],
            Action::Verify => [No, Assignee, No, No],
            Action::Dispose => [No, Assignee, No, No],
            Action::Recover => [No, Assignee, No, No],
            Action::Submit => [No, Assignee, No, No],
            Action::Review => [OtherPerson, No, OtherPerson, No],
            Action::Reveal => [Yes, Assignee, Yes, No],
            Action::ViewSource => [Yes, Assignee, Yes, Yes],
            Action::ViewTies => [Yes, Assignee, Yes, No],
            Action::ViewModels => [Yes, Yes, Yes, Yes],
            Action::RunModels => [Yes, No, Yes, Yes],
            Action::ViewRuns => [Yes, No, Yes, Yes],
            Action::ViewData => [Yes, No, Yes, Yes],
            Action::ViewObjects => [Yes, No, Yes, Yes],
            Action::OpenPerson => [Yes, No, Yes, No],
            Action::UploadData => [Yes, No, No, Yes],
            Action::PullData => [Yes, No, No, Yes],
            Action::WithdrawData => [Yes, No, No, Yes],
            Action::AskErasure => [Yes, No, Yes, No],
            Action::AnswerErasure => [No, No, Yes, No],
            Action::ViewIdentities => [Yes, No, Yes, Yes],
            Action::RuleIdentity => [Yes, No, Yes, No],
            Action::ConfirmRuling => [OtherPerson, No, OtherPerson, No],
            Action::ManageLayouts => [Yes, No, No, Yes],
            Action::DownloadRejected => [Yes, No, No, Yes],
            Action::ManageUsers => [No, No, No, Yes],
            Action::ManageTokens => [No, No, No, Yes],
            Action::ViewRequests => [Yes, No, Yes, Yes],
            Action::ViewRequest => [Yes, No, Yes, Yes],
            Action::AskForData => [Yes, No, No, Yes],
            Action::AnswerRequest => [No, No, OtherPerson, No],
            Action::ConfirmEnd => [No, No, No, No],
            Action::ViewKinship => [Yes, Yes, Yes, Yes],
            Action::ViewDeclaration => [Yes, Assignee, Yes, Yes],
            Action::OpenKinship => [Yes, No, No, Yes],
            Action::Declare => [No, No, No, No],
            Action::CheckKinship => [Yes, No, No, Yes],
            Action::AskPublication => [No, No, No, No],
            Action::ReleasePublication => [No, No, OtherPerson, No],
            Action::SettleMatter => [No, Assignee, No, No],
        }
    }

    /// The few things that those may do who have no part in the supervision itself. Columns: department, security.
    fn row_beside(self) -> [Rule; 2] {
        use Rule::{No, OtherOwner, OtherPerson, Owner, Yes};
        match self {
            Action::ViewRequests => [Yes, Yes],
            Action::ViewRequest => [Owner, Yes],
            Action::AnswerRequest => [OtherOwner, No],
            Action::ConfirmEnd => [No, OtherPerson],
            Action::ViewKinship => [Yes, No],
            Action::ViewDeclaration | Action::Declare | Action::AskPublication => [Owner, No],
            Action::ReleasePublication => [OtherOwner, No],
            _ => [No, No],
        }
    }

    /// What the table says about a role.
    pub fn rule(self, role: Role) -> Rule {
        let [duty_officer, handler, leader, system] = self.row();
        let [department, security] = self.row_beside();
        match role {
            Role::DutyOfficer => duty_officer,
            Role::Handler => handler,
            Role::Leader => leader,
            Role::Department => department,
            Role::Security => security,
            Role::System => system,
        }
    }
}

/// Who has had a hand in the warning, data request or pair that an action is about.
/// Who has had a hand in the warning, data request, declaration or publication that an action is about.
#[derive(Debug, Clone, Copy, Default)]
pub struct Relation<'a> {
    /// To whom it is assigned now.
    pub assignee: Option<&'a UserId>,
    /// Who verified it.
    pub verified_by: Option<&'a UserId>,
    /// Who handed it over for review, asked for it, or proposed it.
    pub submitted_by: Option<&'a UserId>,
    /// Whether the actor's own department owns the dataset that it is about, or their unit the declaration.
    pub owns: bool,
}

impl Relation<'_> {
    /// For actions that are not about one warning.
    pub const NONE: Relation<'static> =
        Relation { assignee: None, verified_by: None, submitted_by: None, owns: false };

    fn has_hand(&self, actor: &Actor) -> bool {
        actor.is(self.assignee) || actor.is(self.verified_by) || actor.is(self.submitted_by)
    }
}

/// Whether the actor may do that. The error is [`Code::Forbidden`]; [`Code::NotFound`] for another person's warning and
/// another department's request, whose existence is not told either; [`Code::SamePerson`] where a second pair of eyes is
/// needed.
pub fn may(actor: &Actor, action: Action, relation: &Relation<'_>) -> Result<(), Code> {
    match action.rule(actor.role) {
        Rule::Yes => Ok(()),
        Rule::No => Err(Code::Forbidden),
        Rule::Assignee if actor.is(relation.assignee) => Ok(()),
        Rule::Assignee => Err(Code::NotFound),
        Rule::Owner | Rule::OtherOwner if !relation.owns => Err(Code::NotFound),
        Rule::OtherPerson | Rule::OtherOwner if relation.has_hand(actor) => Err(Code::SamePerson),
        Rule::OtherPerson | Rule::OtherOwner | Rule::Owner => Ok(()),
    }
}
