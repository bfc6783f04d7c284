namespace Hub.Proof.Tests;

/// <summary>What a test has found wrong; all of it is to be zero.</summary>
/// <param name="Lost">What was acknowledged or kept, and is gone.</param>
/// <param name="Doubled">What is there more than once, or is nobody's.</param>
/// <param name="Undetected">Faults and bugs put in that nobody has told of; null where none are put in.</param>
internal readonly record struct Toll(long Lost, long Doubled, long? Undetected = null)
{
    public static Toll operator +(Toll one, Toll other) => new(
        one.Lost + other.Lost, one.Doubled + other.Doubled,
        one.Undetected is null && other.Undetected is null ? null : (one.Undetected ?? 0) + (other.Undetected ?? 0));

    /// <summary>A client's ledger against what the hub gives out.</summary>
    /// <param name="acknowledged">Each must be there.</param>
    /// <param name="sent">What may be there besides: sent, and not answered.</param>
    /// <param name="kept">What is there.</param>
    public static Toll Of<T>(IEnumerable<T> acknowledged, IEnumerable<T> sent, IReadOnlyCollection<T> kept)
        where T : notnull
    {
        var once = kept.ToHashSet();
        return new Toll(
            acknowledged.Count(each => !once.Contains(each)), kept.Count - once.Count + once.Except(sent).Count());
    }

    /// <summary>Fails the test that has found something.</summary>
    public void RequireNone() => Assert.Equal(new Toll(0, 0, Undetected is null ? null : 0), this);
}
