namespace Hub.Gateway.Series;

/// <summary>
/// How many readings go into one request: doubled while requests are quick, halved when one is slow or fails. Pure.
/// </summary>
internal sealed class RequestPace(int readingsMax, TimeSpan aim)
{
    private const int ReadingsMin = 100;
    private const int ReadingsAtFirst = 5_000;

    // Read by the one who gathers while a request is on its way.
    private volatile int _readings = Math.Min(ReadingsAtFirst, readingsMax);

    public int Readings => _readings;

    /// <summary>Only a full request says whether a larger one would be quick, too.</summary>
    public void Took(int readings, TimeSpan time)
    {
        if (time > aim)
        {
            Failed();
        }
        else if (readings == _readings && time < aim / 2)
        {
            _readings = Math.Min(_readings * 2, readingsMax);
        }
    }

    public void Failed() => _readings = Math.Max(_readings / 2, Math.Min(ReadingsMin, readingsMax));
}
