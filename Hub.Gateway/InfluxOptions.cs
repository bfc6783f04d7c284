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

    /// <summary>
    /// The <c>site</c> tag: which estate, where several write into one bucket; null for the site file's id.
    /// </summary>
    public string? Site { get; init; }

    /// <summary>
    /// Request bodies are gzipped: a tenth of the bytes for a little work. Null for wherever it is not on this machine.
    /// </summary>
    public bool? UseGzip { get; init; }

    /// <summary>
    /// Readings in one request at most; larger batches are split. How many it really is follows InfluxDB's speed.
    /// </summary>
    public int BatchReadingsMax { get; init; } = 20_000;

    /// <summary>Requests are made larger while they take half of this, and smaller when they take longer.</summary>
    public TimeSpan RequestTimeAim { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Readings a second that a backfill sends at most, beside what comes in.</summary>
    public int BackfillReadingsPerSecondMax { get; init; } = 50_000;

    /// <summary>How long one request may take before it counts as failed.</summary>
    public TimeSpan RequestTimeMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long somebody who looks at a chart waits for its older part.</summary>
    public TimeSpan QueryTimeMax { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Readings of a chart's older part at most; of more, stretches are asked for.</summary>
    public int QueryReadingsMax { get; init; } = 12_000;

    /// <summary>The longest answer that is read; 10,000 stretches beside 12,000 readings are half of it.</summary>
    public int QueryBytesMax { get; init; } = 4 << 20;

    /// <summary>How long readings may gather before a request that is not full is sent.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait before InfluxDB is tried again.</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Readings kept that InfluxDB refused for what they are; when it is reached, the oldest is dropped and counted.
    /// </summary>
    public int ParkedMax { get; init; } = 10_000;

    /// <summary>The clock of the delays: a machine's, not the site's, which the demo runs faster.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
