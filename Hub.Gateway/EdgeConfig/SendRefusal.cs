using Hub.Rules.Files;

namespace Hub.Gateway.EdgeConfig;

/// <summary>Why a configuration was not sent.</summary>
/// <param name="Kind">In a word.</param>
/// <param name="Faults">What is wrong in it.</param>
internal sealed record SendRefusal(SendRefusalKind Kind, IReadOnlyList<Fault> Faults);
