namespace Hub.Gateway.Access;

/// <summary>The limits of signing in. What happens at each is said with it.</summary>
public sealed record AccessOptions
{
    /// <summary>How long a one-time token may be claimed; afterwards it is worth nothing.</summary>
    public TimeSpan TokenFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// How long a password still holds beside the one that replaces it; it ends earlier, at the new one's first use.
    /// </summary>
    public TimeSpan OverlapMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Principals, revoked ones included; the next one is refused.</summary>
    public int PrincipalsMax { get; init; } = 50_000;

    /// <summary>Topic patterns of one account in each direction; more are refused.</summary>
    public int PatternsMax { get; init; } = 64;

    /// <summary>
    /// Failures of one name from one address within <see cref="FailureWindow"/>; then no password of it is looked at
    /// from there until the window is over, but one that has been found right before.
    /// </summary>
    public int FailuresPerNameMax { get; init; } = 10;

    /// <summary>
    /// Failures of all names from one address; then the same holds for all of them. An IPv6 address counts with its
    /// /64.
    /// </summary>
    public int FailuresPerAddressMax { get; init; } = 100;

    public TimeSpan FailureWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Addresses, and names from one, whose failures are kept; the oldest is forgotten beyond it.</summary>
    public int FailuresRememberedMax { get; init; } = 10_000;

    /// <summary>Passwords that are computed at a time; the others wait, so that half of the cores stay free.</summary>
    public int EvaluationsMax { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Real time: a token's day is not the demo's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
