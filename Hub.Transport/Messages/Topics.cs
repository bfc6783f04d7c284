namespace Hub.Transport.Messages;

/// <summary>The versioned topics between an edge and its hub.</summary>
public static class Topics
{
    public const string Prefix = "hub/1/";

    public static string Readings(string edge) => $"{Prefix}{edge}/readings";

    public static string Events(string edge) => $"{Prefix}{edge}/events";

    public static string Status(string edge) => $"{Prefix}{edge}/status";

    public static string Ack(string edge) => $"{Prefix}{edge}/ack";

    public static string Config(string edge) => $"{Prefix}{edge}/config";

    public static string Command(string edge) => $"{Prefix}{edge}/cmd";

    public static string Kiosk(string edge, string lobby) => $"{Prefix}{edge}/kiosk/{lobby}";
}
