namespace Hub.Gateway.Roster;

/// <summary>Why something was not written into the roster; the <c>roster-refusal</c> words say it to people.</summary>
public enum RosterRefusal
{
    None,
    NoRoster,
    UnknownPerson,
    SamePerson,

    /// <summary>A time is missing, the end is not after the beginning, or it is over already.</summary>
    WrongTimes,
    UnknownGrid,
    NoWords,
    TooMany,
    NotFound,
    AlreadyTaken,
}
