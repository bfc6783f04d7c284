using System.Text.Json.Serialization;

namespace Hub.Transport.Messages;

/// <summary>What an edge, or the will that it left, says of itself.</summary>
public enum EdgeState
{
    [JsonStringEnumMemberName("offline")]
    Offline = 0,

    [JsonStringEnumMemberName("online")]
    Online,
}
