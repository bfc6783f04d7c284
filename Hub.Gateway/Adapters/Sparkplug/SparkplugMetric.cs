namespace Hub.Gateway.Adapters.Sparkplug;

/// <summary>One metric of a payload, as far as it is a number.</summary>
/// <param name="Name">Only births need one.</param>
/// <param name="Alias">Stands for the name after the birth; null without one.</param>
/// <param name="At">Thousandths of a second since 1970; null without one.</param>
/// <param name="DataType">Sparkplug B 3.0, 6.4.16; 0 if not said.</param>
/// <param name="Value">Null for null, texts, data sets and templates.</param>
/// <param name="Unit">The property engUnit; empty without.</param>
internal readonly record struct SparkplugMetric(
    string? Name, ulong? Alias, ulong? At, uint DataType, double? Value, string Unit);
