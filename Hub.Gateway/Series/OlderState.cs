namespace Hub.Gateway.Series;

/// <summary>What became of the part of a chart that is older than the embedded history.</summary>
public enum OlderState
{
    /// <summary>There is none: the history reaches back, no InfluxDB is set up, or it has nothing either.</summary>
    None,

    /// <summary>It is InfluxDB's.</summary>
    Shown,

    /// <summary>InfluxDB was not reached in time.</summary>
    Unreached,

    /// <summary>InfluxDB was reached, and gave no answer that can be used.</summary>
    Unavailable,
}
