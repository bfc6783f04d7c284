using Hub.Gateway.Notify;
using Hub.Gateway.Roster;
using Hub.Gateway.Tests.Storage;
using static Hub.Gateway.Tests.Roster.SomeRoster;

namespace Hub.Gateway.Tests.Notify;

/// <summary>A group that all read, two channels of butler-07, the second two minutes later, and one of the
/// chief.</summary>
internal sealed class WangsChannels
{
    public FakeReceiver Group { get; } = new();

    public FakeReceiver Butler { get; } = new();

    public FakeReceiver Late { get; } = new();

    public FakeReceiver Chief { get; } = new();

    public PostRoom Open(
        DateTimeOffset at, ChannelKind kind = ChannelKind.WeCom, RosterSheet? roster = null, Tables? tables = null)
    {
        var hook = new Channel("group", kind) { Language = "en", PerMinuteMax = 600 };
        var own = hook with { Language = "", Person = "butler-07" };
        var room = new PostRoom(
            [
                (hook, Group), (own with { Id = "butler" }, Butler),
                (own with { Id = "late", After = TimeSpan.FromMinutes(2) }, Late),
                (own with { Id = "chief", Person = "chief-01" }, Chief),
            ],
            roster: roster ?? Sheet(), tables: tables);
        room.Begin(at);
        return room;
    }

    /// <summary>When it came to what somebody was told, and what that was.</summary>
    public static List<string> Said(FakeReceiver receiver) =>
        [.. receiver.Taken.Select(letter =>
            $"{TimeZoneInfo.ConvertTime(letter.At, Shanghai):HH:mm} {letter.Type.Split('.')[1]}")];
}
