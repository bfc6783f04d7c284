namespace Hub.Gateway.Web.Guard;

/// <summary>The roles that open doors.</summary>
public static class Roles
{
    public const string Resident = "resident";
    public const string Butler = "butler";
    public const string Chief = "chief";
    public const string Engineer = "engineer";

    /// <summary>Supervises: reads orders, inspections and reports, and looks again at what others have done.</summary>
    public const string Quality = "quality";

    public static readonly IReadOnlyList<string> All = [Resident, Butler, Chief, Engineer, Quality];

    /// <summary>Whoever works here.</summary>
    public static readonly string[] Staff = [Butler, Chief, Engineer];

    /// <summary>Whoever sees what the staff does.</summary>
    public static readonly string[] Overseers = [.. Staff, Quality];

    /// <summary>Whoever judges other people's work.</summary>
    public static readonly string[] Judges = [Chief, Quality];

    /// <summary>Whoever may bring a device into service.</summary>
    public static readonly string[] Commissioners = [Chief, Engineer];
}
