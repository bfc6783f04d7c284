namespace Hub.Gateway.Web.Guard;

/// <summary>The roles that open doors.</summary>
public static class Roles
{
    public const string Resident = "resident";
    public const string Butler = "butler";
    public const string Chief = "chief";
    public const string Engineer = "engineer";

    public static readonly IReadOnlyList<string> All = [Resident, Butler, Chief, Engineer];

    /// <summary>Whoever works here.</summary>
    public static readonly string[] Staff = [Butler, Chief, Engineer];

    /// <summary>Whoever may bring a device into service.</summary>
    public static readonly string[] Commissioners = [Chief, Engineer];
}
