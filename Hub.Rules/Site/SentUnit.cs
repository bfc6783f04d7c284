namespace Hub.Rules.Site;

/// <summary>
/// The unit a point's device counts in, as it was agreed on when it was first heard or by an engineer since: kept =
/// sent × <paramref name="Factor"/> + <paramref name="Offset"/>. The factor is journalled with it, so that a reading
/// means the same after every update.
/// </summary>
/// <param name="Unit">As the device writes it.</param>
/// <param name="Factor">What one of it is in the signal's unit.</param>
/// <param name="Offset">What is added then: degrees.</param>
public sealed record SentUnit(string Unit, double Factor = 1, double Offset = 0);
