namespace Hub.Rules.Backtest;

/// <summary>One kind of row and what it becomes: <c>value × Factor + Offset</c> in the signal's own unit.</summary>
/// <param name="Signal">As in the CSV.</param>
/// <param name="Unit">As in the CSV; empty for any.</param>
/// <param name="Becomes">The project's signal.</param>
/// <param name="Factor">Into the signal's unit.</param>
/// <param name="Offset">Added after the factor.</param>
/// <param name="Part">
/// Which part of the row's device has it, where one device has the same signal several times: a device of its own
/// behind it. Empty for the device itself.
/// </param>
public sealed record SignalMapping(
    string Signal, string Unit, string Becomes, double Factor = 1, double Offset = 0, string Part = "");
