using Hub.Gateway.Notify;
using Hub.Gateway.Roster;
using Hub.Gateway.Web.Shell;

namespace Hub.Gateway.Web.Inbox;

/// <summary>Why somebody who is called would not hear: channels that fail, places nobody answers for.</summary>
public sealed class Unheard(RosterBook? roster = null, IChannelBoard? board = null)
{
    /// <summary>A sentence each; empty if everybody can be reached.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Frame frame, CancellationToken cancel)
    {
        List<string> sentences = [];
        if (roster?.Duty is { } duty)
        {
            sentences.AddRange(
                from grid in duty.Sheet.Grids
                where duty.WhomIn([grid.Id], RosterRoles.Butler, frame.Now, isUrgent: true).People.Count == 0
                select frame.T["unheard.grid", grid.Name]);
        }

        if (board is not null)
        {
            sentences.AddRange(
                from channel in await board.StatesAsync(cancel)
                where channel.FailingSince is not null && channel.Waiting > 0
                select frame.T[
                    "unheard.channel", channel.Id, frame.Times.Ago(channel.FailingSince!.Value), channel.Waiting]);
        }

        return sentences;
    }
}
