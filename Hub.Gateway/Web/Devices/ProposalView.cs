namespace Hub.Gateway.Web.Devices;

/// <summary>A device that reports and that nobody has commissioned: its readings wait in quarantine.</summary>
public sealed record ProposalView(string Edge, string Device, string Signal, long Messages, DateTimeOffset SeenAt);
