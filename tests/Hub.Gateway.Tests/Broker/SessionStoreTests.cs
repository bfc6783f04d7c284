using Hub.Gateway.Broker;

namespace Hub.Gateway.Tests.Broker;

public sealed class SessionStoreTests
{
    private readonly SessionStore _store = new();

    /// <summary>Two rows of one client in one save once ended the keeper, and the hub with it.</summary>
    [Fact]
    public void A_session_that_was_replaced_is_not_saved_again_when_its_connection_ends_late()
    {
        var former = NewSession();
        _store.Forget(former);
        var successor = NewSession();

        former.Will = null;
        var (gone, changes) = _store.TakeChanges();

        Assert.Equal([successor.ClientId], gone);
        Assert.Single(changes);
    }

    private Session NewSession() => new("meter-1", Principal.Nobody, new BrokerOptions(), new BrokerCounters(), _store)
    {
        Expiry = TimeSpan.FromMinutes(1),
    };
}
