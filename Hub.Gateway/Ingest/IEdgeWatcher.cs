namespace Hub.Gateway.Ingest;

/// <summary>
/// A room that wants to know at once when an edge comes or goes, or answers. Called while its message is taken: be
/// quick.
/// </summary>
public interface IEdgeWatcher
{
    void OnStatus(EdgeStatus status);

    void OnAnswer(EdgeAnswer answer);
}
