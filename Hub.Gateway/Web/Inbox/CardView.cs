namespace Hub.Gateway.Web.Inbox;

/// <summary>One order in the inbox.</summary>
/// <param name="Id">The order's id, as in its address.</param>
/// <param name="Number">Its number, as people say it.</param>
/// <param name="Place">Where, as people say it.</param>
/// <param name="Kind">What kind of order: a key of the <c>kind</c> words.</param>
/// <param name="Sentence">What is wrong, in a sentence; empty when the kind says it all.</param>
/// <param name="Source">From whom: a key of the <c>source</c> words.</param>
/// <param name="At">When it was called or noticed, on event time.</param>
/// <param name="State">A key of the <c>state</c> words.</param>
/// <param name="Owner">Who has it; null if nobody.</param>
/// <param name="Repeats">How often it was called again.</param>
/// <param name="Next">The promise that is due next.</param>
/// <param name="IsUrgent">Burst, intrusion.</param>
/// <param name="CanAccept">Whether accepting is the next legal step.</param>
public sealed record CardView(
    long Id, string Number, string Place, string Kind, string Sentence, string Source, DateTimeOffset At, string State,
    string? Owner, int Repeats, ClockView? Next, bool IsUrgent, bool CanAccept);
