using System.Text.Json.Serialization;

namespace Hub.Transport.Messages;

/// <summary>What the screen in a lobby shows of the call that was made there.</summary>
public enum KioskState
{
    [JsonStringEnumMemberName("idle")]
    Idle = 0,

    [JsonStringEnumMemberName("calling")]
    Calling,

    [JsonStringEnumMemberName("accepted")]
    Accepted,

    [JsonStringEnumMemberName("arrived")]
    Arrived,

    [JsonStringEnumMemberName("late")]
    Late,

    [JsonStringEnumMemberName("closed")]
    Closed,
}
