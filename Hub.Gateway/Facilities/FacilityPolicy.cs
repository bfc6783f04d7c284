namespace Hub.Gateway.Facilities;

/// <summary>The limits of what people write about facilities, and its words.</summary>
public sealed record FacilityPolicy
{
    /// <summary>The longest name, place, telephone number …</summary>
    public const int TextCharsMax = 120;

    /// <summary>A checklist has to fit into an order.</summary>
    public const int ChecklistCharsMax = 1_500;

    /// <summary>Plans of one facility.</summary>
    public const int PlansMax = 50;

    public const int LeadDaysMax = 180;

    public const int HoursMax = 200_000;

    /// <summary>A table at most: it goes to the browser and back between comparing and applying.</summary>
    public const int FileBytesMax = 1 << 20;

    /// <summary>How long maintenance keeps the rules from judging, if nobody says that it is over.</summary>
    public TimeSpan WindowMax { get; init; } = TimeSpan.FromHours(12);

    public static readonly IReadOnlyList<string> Types =
    [
        "pump-house", "lift", "tank", "lighting", "ventilation", "heating", "power", "drainage", "gate", "fire",
        "other",
    ];

    /// <summary>Whom a plan's order may be for.</summary>
    public static readonly IReadOnlyList<string> Audiences = ["engineer", "butler", "chief"];

    /// <summary>Letters a-z, digits and <c>- _ .</c>: an id stands in addresses and in orders.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(id[0])
        && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
