namespace Hub.Gateway.WorkOrders;

/// <summary>Who did something to an order.</summary>
/// <param name="Id">Stable: <c>butler-07</c>.</param>
/// <param name="Role">In which capacity.</param>
/// <param name="Display">As the history shows it: <c>管家 07</c>.</param>
public sealed record Actor(string Id, ActorRole Role, string Display)
{
    public static readonly Actor Hub = new("hub", ActorRole.Hub, "Hub");

    /// <summary>Whoever stands at the kiosk: nobody identifies themselves there.</summary>
    public static readonly Actor Kiosk = new("kiosk", ActorRole.Resident, "Kiosk");

    /// <summary>Works here and may act on orders; quality only watches and follows up.</summary>
    public bool IsStaff => Role is not (ActorRole.Hub or ActorRole.Resident or ActorRole.Quality);
}
