using Hub.Rules.Readings;

namespace Hub.Gateway.Fleet;

/// <summary>One reading of a set-aside message, as its device sent it.</summary>
internal readonly record struct QuarantinedReading(
    string Device, string Signal, string Unit, long AtTicks, double Value, Quality Quality, string? PressId);
