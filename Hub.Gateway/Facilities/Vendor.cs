namespace Hub.Gateway.Facilities;

/// <summary>A firm that looks after facilities, or is called to them.</summary>
/// <param name="Id">Short and stable: <c>otis</c>.</param>
/// <param name="Name">As people say it, and as an order is handed over to it.</param>
/// <param name="Trade">What it does.</param>
/// <param name="Phone">To be called.</param>
/// <param name="ContractUntil">The last day of its contract; null for one without an end.</param>
/// <param name="Hours">When it can be reached.</param>
public sealed record Vendor(
    string Id, string Name, string Trade = "", string Phone = "", DateOnly? ContractUntil = null, string Hours = "")
{
    public bool HasRunOut(DateOnly today) => ContractUntil < today;

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public FacilityRefusal? Fault() =>
        !FacilityPolicy.IsId(Id) ? FacilityRefusal.Invalid($"'{Id}' is no id: letters a-z, digits, '-', '_', '.'.")
        : string.IsNullOrWhiteSpace(Name) ? FacilityRefusal.Invalid("A vendor has a name.")
        : new[] { Name, Trade, Phone, Hours }.Any(text => text.Length > FacilityPolicy.TextCharsMax)
            ? FacilityRefusal.Invalid($"A text has at most {FacilityPolicy.TextCharsMax} characters.")
        : null;
}
