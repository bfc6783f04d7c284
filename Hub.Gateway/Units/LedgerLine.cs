using Hub.Rules.Site;

namespace Hub.Gateway.Units;

/// <summary>One unit as a ledger file has it.</summary>
/// <param name="Unit">As a space; its <see cref="Space.VacantSince"/> is null where the file leaves it out.</param>
/// <param name="Owner">The owner's file number; null where the file has no such column.</param>
public sealed record LedgerLine(Space Unit, string? Owner);
