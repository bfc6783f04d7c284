namespace Hub.Gateway.Web.Orders;

/// <summary>The causes a person chooses from when an order is resolved; they are also how a rule learns that it was
/// wrong.</summary>
public static class CauseList
{
    private static readonly string[] Ends = ["nothing-found", "false-alarm", "other"];

    public static readonly IReadOnlyList<string> All =
    [
        "helped", "informed", "leak-pipe", "leak-tap", "leak-toilet", "in-use", "appliance", "wiring", "door-left-open",
        "contractor", "owner", "stranger", "repaired", "reset", "battery", "link", "device-replaced", .. Ends,
    ];

    public static IReadOnlyList<string> For(string kind) => kind switch
    {
        "summon" or "request" or "complaint" or "homecoming" => ["helped", "informed", .. Ends],
        "leak" => ["leak-pipe", "leak-tap", "leak-toilet", "in-use", .. Ends],
        "electricity" => ["appliance", "wiring", "in-use", .. Ends],
        "intrusion" => ["door-left-open", "contractor", "owner", "stranger", .. Ends],
        "device" => ["battery", "link", "device-replaced", "reset", .. Ends],
        _ => ["repaired", "reset", .. Ends],
    };
}
