namespace Hub.Edge.Modbus;

/// <summary>The way to the devices of one bus. One question at a time; a broken way is made anew.</summary>
public interface IModbusLink : IDisposable
{
    /// <summary>Asks, and waits for the answer no longer than agreed.</summary>
    Task<ModbusAnswer> AskAsync(ReadRequest request, CancellationToken cancel);
}
