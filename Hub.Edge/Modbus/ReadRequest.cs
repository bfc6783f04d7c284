namespace Hub.Edge.Modbus;

/// <summary>One question: some neighbouring registers of one device.</summary>
public sealed record ReadRequest(byte Unit, RegisterTable Table, ushort Address, ushort Count);
