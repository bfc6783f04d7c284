using System.Net;

namespace Hub.Transport.Mqtt;

/// <summary>Finds the addresses of a host, in the order in which they are to be tried.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancel);
