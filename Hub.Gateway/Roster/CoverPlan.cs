namespace Hub.Gateway.Roster;

/// <summary>A cover that somebody wants; see <see cref="Cover"/>.</summary>
public sealed record CoverPlan(string Absent, string? StandIn, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>It is written down already.</summary>
    public bool Is(Cover cover) => this == new CoverPlan(cover.Absent, cover.StandIn, cover.From, cover.To);
}
