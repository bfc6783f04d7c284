using System.Globalization;
using Hub.Gateway.Adapters;

namespace Hub.Gateway.Tests.Adapters;

/// <summary>What a message has become, as lines that people can check against the message.</summary>
internal static class DecodedLines
{
    public static IReadOnlyList<string> Of(Decoded decoded) =>
    [
        .. decoded.Refusal is { } why ? [$"refused: {why}"] : Array.Empty<string>(),
        .. decoded.IsOnline is { } isOnline ? [isOnline ? "online" : "offline"] : Array.Empty<string>(),
        .. decoded.Cards.Select(card =>
            $"card {card.Device} '{card.Name}' '{card.Model}': "
            + string.Join(", ", card.Signals.Select(signal => $"{signal.Signal} [{signal.Unit}] {signal.Class}"))),
        .. decoded.Readings.Select(reading => string.Create(
            CultureInfo.InvariantCulture,
            $"{reading.Device} {reading.Signal} = {Math.Round(reading.Value, 9)} {reading.Unit}").TrimEnd()
            + (reading.At is { } at
                ? string.Create(CultureInfo.InvariantCulture, $" @ {at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z")
                : "")),
        .. decoded.IsTimeUnsure ? ["its time is not believed"] : Array.Empty<string>(),
        .. decoded.Request is { } request ? [$"asks {request.Topic}"] : Array.Empty<string>(),
    ];
}
