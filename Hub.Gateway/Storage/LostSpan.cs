namespace Hub.Gateway.Storage;

/// <summary>Readings of one point that are gone.</summary>
/// <param name="Point">Its name, as its edge calls it.</param>
/// <param name="From">The first that is gone.</param>
/// <param name="To">The last, or where what the journal has begins.</param>
public sealed record LostSpan(string Point, DateTimeOffset From, DateTimeOffset To);
