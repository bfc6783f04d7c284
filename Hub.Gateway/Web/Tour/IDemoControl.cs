namespace Hub.Gateway.Web.Tour;

/// <summary>
/// What the demo's simulator panel acts through. The process that hosts the simulated building registers it; a real
/// site
/// has <see cref="NoDemo"/>.
/// </summary>
public interface IDemoControl
{
    DemoState State { get; }

    /// <summary>Does one of <see cref="DemoActions"/>.</summary>
    /// <param name="action">Which.</param>
    /// <param name="argument">The speed, the space's id, the edge's id or the fault's id.</param>
    /// <returns>Null when it is done; otherwise why not, as a sentence for the person at the panel.</returns>
    Task<string?> DoAsync(string action, string? argument, CancellationToken cancel);
}
