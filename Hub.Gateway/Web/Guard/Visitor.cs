namespace Hub.Gateway.Web.Guard;

/// <summary>Who asks for a page.</summary>
/// <param name="Id">As it stands in an order's history: <c>butler-07</c>.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
public sealed record Visitor(string Id, string Role)
{
    public bool Is(params ReadOnlySpan<string> roles) => roles.Contains(Role);
}
