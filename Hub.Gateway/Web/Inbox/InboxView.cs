namespace Hub.Gateway.Web.Inbox;

/// <summary>What needs somebody now.</summary>
/// <param name="Tab">mine, building or all.</param>
/// <param name="Counts">How many there are under each tab.</param>
/// <param name="Cards">Breached first, then by deadline, then the newest.</param>
/// <param name="ClosedToday">How many orders were resolved since midnight, for the empty page.</param>
/// <param name="Trouble">Why the last click was refused; a sentence, or null.</param>
public sealed record InboxView(
    string Tab, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<CardView> Cards, int ClosedToday,
    string? Trouble = null)
{
    /// <summary>Why somebody who is called would not hear of it, a sentence each: channels that fail, grids with
    /// nobody.</summary>
    public IReadOnlyList<string> Unheard { get; init; } = [];

    public static readonly IReadOnlyList<string> Tabs = ["mine", "building", "all"];
}
