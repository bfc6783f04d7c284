namespace Hub.Gateway.Web.Shell;

/// <summary>Why there is no page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Id">What to tell whoever looks into the log; empty without one.</param>
/// <param name="Roles">The roles that would get in, separated by spaces; empty if it is not that.</param>
public sealed record TroubleView(int Status, string Id, string Roles);
