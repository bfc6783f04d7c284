namespace Hub.Gateway.Fleet;

/// <summary>What a device that nobody has commissioned says about itself and one of its signals.</summary>
internal sealed record Announcement(string Name, string Model, string Class);
