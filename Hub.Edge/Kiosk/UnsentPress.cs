using Hub.Edge.Outbox;

namespace Hub.Edge.Kiosk;

/// <summary>A press that the last run recorded and could not send is still a call.</summary>
/// <param name="Id">The press's id.</param>
/// <param name="At">When it was pressed.</param>
/// <param name="Place">Where it waits.</param>
public sealed record UnsentPress(string Id, DateTimeOffset At, OutboxPlace Place)
{
    private const int BytesPerRead = 1 << 20;

    /// <summary>The last one of the device that waits in the lane and was not cancelled; null for none.</summary>
    public static UnsentPress? Find(OutboxLane events, string device)
    {
        UnsentPress? press = null;
        for (var after = events.Sent;
             events.Read(after, BytesPerRead) is { Count: > 0 } rows;
             after = rows[^1].Position)
        {
            foreach (var (position, row) in rows)
            {
                foreach (var record in row.Records.Where(record => record.Device == device))
                {
                    press = record.Signal switch
                    {
                        EdgeSignals.Press =>
                            new UnsentPress(record.Id!, record.At, new OutboxPlace(row.Epoch, position)),
                        EdgeSignals.Cancel when record.Id == press?.Id => null,
                        _ => press,
                    };
                }
            }
        }

        return press;
    }
}
