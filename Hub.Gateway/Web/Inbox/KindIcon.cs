namespace Hub.Gateway.Web.Inbox;

/// <summary>The drawing beside an order's kind.</summary>
public static class KindIcon
{
    public static string Of(string kind) => kind switch
    {
        "summon" => "bell",
        "leak" => "drop",
        "electricity" => "bolt",
        "intrusion" => "door",
        "facility" => "pump",
        "device" => "device",
        "inspection" => "eye",
        "homecoming" => "home",
        "complaint" or "request" => "chat",
        "maintenance" => "tool",
        _ => "late",
    };
}
