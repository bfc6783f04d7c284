namespace Hub.Gateway.Inspections;

/// <summary>The words of an inspection, in files, addresses and JSON.</summary>
public static class Checklist
{
    public const string Pass = "pass";
    public const string Fail = "fail";
    public const string NotApplicable = "na";

    /// <summary>The category of what is for the engineer: a meter that counts wrong, a device that is gone.</summary>
    public const string Device = "device";

    /// <summary>The ten items, as a butler walks through a unit.</summary>
    public static readonly IReadOnlyList<string> Items =
    [
        "entrance", "windows", "doors", "floor", "walls", "water", "electricity", "drains", "odour", "devices",
    ];

    public static readonly IReadOnlyList<string> Results = [Pass, Fail, NotApplicable];

    /// <summary>Whose a finding is: cleaning and repair the butler's, quality (of the building) the chief's.</summary>
    public static readonly IReadOnlyList<string> Categories = ["cleaning", "repair", "quality", Device];

    /// <summary>Who gets the order of a finding.</summary>
    public static string AudienceOf(string category) => category switch
    {
        "quality" => "chief",
        Device => "engineer",
        _ => "butler",
    };
}
