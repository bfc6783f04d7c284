using Hub.Proof.Tests;
using Hub.Proof.Tests.Guest;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Hub.Proof.Tests;

/// <summary>The emulated machines take minutes and one core: begun last, everything else would wait for them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName != nameof(GuestMachine))];
}
