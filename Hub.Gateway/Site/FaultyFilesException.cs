using Hub.Rules.Files;

namespace Hub.Gateway.Site;

/// <summary>The files of a site are wrong; the message says every fault, one a line.</summary>
public sealed class FaultyFilesException(IReadOnlyList<Fault> faults) : Exception(string.Join('\n', faults))
{
    public IReadOnlyList<Fault> Faults { get; } = faults;
}
