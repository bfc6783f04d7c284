namespace Hub.Gateway;

/// <summary>One InfluxDB, by its v2 write API (1.8, 2.x, 3.x) or its v1 write API (1.x).</summary>
public sealed record InfluxOptions
{
    public required Uri Url { get; init; }

    /// <summary>1 for <c>/write</c> with a database, 2 for <c>/api/v2/write</c> with organisation and bucket.</summary>
    public int Api { get; init; } = 2;

    /// <summary>The bucket (v2) or database (v1).</summary>
    public string Bucket { get; init; } = "buildinghub";

    public string Organisation { get; init; } = "buildinghub";

    /// <summary>The v2 token; never logged.</summary>
    public string? Token { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>Readings in one request at most; larger batches are split.</summary>
    public int BatchReadingsMax { get; init; } = 5_000;

    /// <summary>How long one request may take before it counts as failed.</summary>
    public TimeSpan RequestTimeMax { get; init; } = TimeSpan.FromSeconds(10);
}
