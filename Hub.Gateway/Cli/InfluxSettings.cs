namespace Hub.Gateway.Cli;

/// <summary>
/// InfluxDB from the environment: <c>BUILDINGHUB__INFLUX__URL</c> turns it on; <c>API</c> (1 or 2), <c>BUCKET</c>,
/// <c>ORG</c>, <c>TOKEN_FILE</c> or <c>TOKEN</c>, <c>USER</c>, <c>PASSWORD_FILE</c> or <c>PASSWORD</c> describe it.
/// </summary>
public static class InfluxSettings
{
    private const string Prefix = "BUILDINGHUB__INFLUX__";

    /// <exception cref="FormatException">A value can't be used; the message names it and the cure.</exception>
    public static InfluxOptions? FromEnvironment(Func<string, string?> read)
    {
        if (Read("URL") is not { } url)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new FormatException(
                $"{Prefix}URL is '{url}'; it must be a whole address such as http://127.0.0.1:8086.");
        }

        var defaults = new InfluxOptions { Url = uri };
        return defaults with
        {
            Api = Api(Read("API")),
            Bucket = Read("BUCKET") ?? defaults.Bucket,
            Organisation = Read("ORG") ?? defaults.Organisation,
            Token = Secret("TOKEN"),
            User = Read("USER"),
            Password = Secret("PASSWORD"),
        };

        string? Read(string name) => read(Prefix + name) is { Length: > 0 } value ? value : null;

        string? Secret(string name) => Read(name + "_FILE") is { } path ? File.ReadAllText(path).Trim() : Read(name);
    }

    private static int Api(string? text) => text switch
    {
        null or "2" => 2,
        "1" => 1,
        _ => throw new FormatException($"{Prefix}API is '{text}'; it must be 1 (InfluxDB 1.x) or 2 (1.8, 2.x, 3.x)."),
    };
}
