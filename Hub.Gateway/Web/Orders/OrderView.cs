using Hub.Gateway.Web.Charts;
using Hub.Gateway.Web.Inbox;
using Hub.Gateway.WorkOrders;

namespace Hub.Gateway.Web.Orders;

/// <summary>Everything about one order, on one page.</summary>
/// <param name="Id">Its id, as in its address.</param>
/// <param name="Number">Its number, as people say it.</param>
/// <param name="Kind">A key of the <c>kind</c> words.</param>
/// <param name="IsUrgent">Burst, intrusion.</param>
/// <param name="Place">Where, as people say it.</param>
/// <param name="Occupancy">A key of the <c>occupancy</c> words; empty for what is no unit.</param>
/// <param name="VacantSince">Since when nobody lives there.</param>
/// <param name="State">A key of the <c>state</c> words.</param>
/// <param name="Owner">Who has it.</param>
/// <param name="Source">From whom: a key of the <c>source</c> words.</param>
/// <param name="At">When it was called or noticed, on event time.</param>
/// <param name="OpenedAt">When the hub opened it.</param>
/// <param name="Repeats">How often it was called again.</param>
/// <param name="Sentence">Why there is this order.</param>
/// <param name="Rule">The rule and its pack's version; empty for a call.</param>
/// <param name="IsStillTrue">The signal says that it goes on; null where no signal speaks.</param>
/// <param name="Next">The promise that is due next.</param>
/// <param name="Clocks">All promises.</param>
/// <param name="Primary">The one big step; null when nothing is left to do.</param>
/// <param name="Others">The other legal steps.</param>
/// <param name="History">The newest first.</param>
/// <param name="Charts">The evidence, the main one first.</param>
/// <param name="Until">The time that a form for a promise begins with.</param>
/// <param name="Joined">What has joined it since, each as a sentence.</param>
/// <param name="Mergeable">Open orders that could go on with this one's matter.</param>
/// <param name="AppointedFor">When somebody is to be there, if that was agreed.</param>
/// <param name="Undoable">What the reader did a moment ago and may undo: a key of the <c>event</c> words.</param>
/// <param name="Attempt">What was just refused and what had been typed; null on a fresh page.</param>
public sealed record OrderView(
    long Id, string Number, string Kind, bool IsUrgent, string Place, string Occupancy, DateTimeOffset? VacantSince,
    string State, string? Owner, string Source, DateTimeOffset At, DateTimeOffset OpenedAt, int Repeats,
    string Sentence, string Rule, bool? IsStillTrue, ClockView? Next, IReadOnlyList<ClockView> Clocks,
    OrderAction? Primary, IReadOnlyList<OrderAction> Others,
    IReadOnlyList<HistoryView> History, IReadOnlyList<ChartView> Charts,
    DateTimeOffset Until, IReadOnlyList<string> Joined, IReadOnlyList<(long Id, string Words)> Mergeable,
    DateTimeOffset? AppointedFor, string? Undoable, Attempt? Attempt = null)
{
    /// <summary>Who was told when and by which channel, and who is next, in that order.</summary>
    public IReadOnlyList<RungView> Rungs { get; init; } = [];

    /// <summary>The vendors it may be handed over to, while that is a step.</summary>
    public IReadOnlyList<VendorChoice> Vendors { get; init; } = [];

    /// <summary>When the owner has accepted it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>What a page that is open elsewhere compares, to know that the legal steps have changed under
    /// it.</summary>
    public string Steps => $"{Primary} {string.Join(' ', Others)} {Undoable}";
}
