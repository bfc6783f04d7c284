namespace Hub.Bench;

/// <summary>Where a run is; read by all clients.</summary>
internal sealed class LoadPhase
{
    private volatile bool _isMeasuring;
    private volatile bool _isOver;

    public bool IsMeasuring
    {
        get => _isMeasuring;
        set => _isMeasuring = value;
    }

    public bool IsOver
    {
        get => _isOver;
        set => _isOver = value;
    }
}
