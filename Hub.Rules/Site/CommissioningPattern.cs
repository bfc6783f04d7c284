using System.IO.Enumeration;

namespace Hub.Rules.Site;

/// <summary>Which unknown devices are expected, and where they belong.</summary>
/// <param name="Device">
/// A pattern with <c>*</c> and <c>?</c>, case aside, for the site-wide device id, the local device name or the edge.
/// </param>
/// <param name="Space">The space's id, with <c>{device}</c> and <c>{edge}</c> standing for the names.</param>
/// <param name="IsAutomatic">Commissioned at its first reading; otherwise only proposed to an engineer.</param>
public sealed record CommissioningPattern(string Device, string Space, bool IsAutomatic)
{
    public bool Matches(string edge, string device) =>
        Fits(Point.DeviceIdOf(edge, device)) || Fits(device) || Fits(edge);

    public string SpaceFor(string edge, string device) =>
        Space.Replace("{device}", Plain(device), StringComparison.Ordinal)
            .Replace("{edge}", Plain(edge), StringComparison.Ordinal);

    private bool Fits(string name) => FileSystemName.MatchesSimpleExpression(Device, name, ignoreCase: true);

    // A device's local name may hold a '/'; a space's id may not.
    private static string Plain(string name) => name.Replace('/', '-');
}
