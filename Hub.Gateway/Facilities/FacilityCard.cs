namespace Hub.Gateway.Facilities;

/// <summary>
/// What people know of a facility beyond the site's name and place for it; empty and null where nobody has said.
/// </summary>
/// <param name="Id">The space's id.</param>
/// <param name="Type">One of <see cref="FacilityPolicy.Types"/>.</param>
/// <param name="Location">Where exactly: a room, a shaft.</param>
/// <param name="Maker">Who has built it.</param>
/// <param name="Model">As on its plate.</param>
/// <param name="Serial">As on its plate.</param>
/// <param name="InServiceOn">Since when it is in service.</param>
/// <param name="InspectionDueOn">By when the next inspection that the law asks for has to be.</param>
/// <param name="Vendor">The id of whoever is in charge of it.</param>
public sealed record FacilityCard(
    string Id, string Type = "other", string Location = "", string Maker = "", string Model = "", string Serial = "",
    DateOnly? InServiceOn = null, DateOnly? InspectionDueOn = null, string Vendor = "");
