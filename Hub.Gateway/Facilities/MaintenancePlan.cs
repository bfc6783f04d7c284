namespace Hub.Gateway.Facilities;

/// <summary>What is done to a facility again and again: by the calendar, by hours run, or by what is first.</summary>
/// <param name="Facility">The space's id.</param>
/// <param name="Id">Short and stable, the facility's own: <c>oil</c>.</param>
/// <param name="Name">What is done, as people say it.</param>
/// <param name="From">The day on which it was done last, or from which it counts: a period after it it is due.</param>
/// <param name="Every">By the calendar; null for hours alone.</param>
/// <param name="Hours">After how many hours run; null for the calendar alone.</param>
/// <param name="Anchor">From where the next date counts.</param>
/// <param name="LeadDays">How many days before its date the order is made.</param>
/// <param name="Checklist">What to look at, line by line.</param>
/// <param name="Audience">Whom the order is for.</param>
/// <param name="Vendor">The id of whoever does it, where that is not the facility's own vendor.</param>
public sealed record MaintenancePlan(
    string Facility, string Id, string Name, DateOnly From, Period? Every = null, int? Hours = null,
    PlanAnchor Anchor = PlanAnchor.Due, int LeadDays = 0, string Checklist = "", string Audience = "engineer",
    string Vendor = "")
{
    /// <summary>With the space, the key of its one open order; nobody can raise one of that name by hand.</summary>
    public string Symptom => $"plan:{Id}";

    /// <summary>What is wrong with it; null if nothing is.</summary>
    /// <param name="today">Nothing counts from a day that lies far ahead, or in another century.</param>
    public FacilityRefusal? Fault(DateOnly today) => this switch
    {
        _ when !FacilityPolicy.IsId(Id) => No($"'{Id}' is no id: letters a-z, digits, '-', '_', '.'."),
        _ when string.IsNullOrWhiteSpace(Name) => No("A plan says what is done."),
        { Name.Length: > FacilityPolicy.TextCharsMax } => No(
            $"A name has at most {FacilityPolicy.TextCharsMax} characters."),
        { Every: null, Hours: null } => No("A plan is due every so many days, weeks, months, years, or hours run."),
        { Hours: < 1 or > FacilityPolicy.HoursMax } => No($"Hours are 1 to {FacilityPolicy.HoursMax}."),
        { LeadDays: < 0 or > FacilityPolicy.LeadDaysMax } => No($"Lead days are 0 to {FacilityPolicy.LeadDaysMax}."),
        { Every: { } every } when LeadDays >= every.After(From).DayNumber - From.DayNumber => No(
            "The order would be made before the last one is done: fewer lead days than the period has."),
        { Checklist.Length: > FacilityPolicy.ChecklistCharsMax } => No(
            $"A checklist has at most {FacilityPolicy.ChecklistCharsMax} characters."),
        _ when !FacilityPolicy.Audiences.Contains(Audience) => No(
            $"The order is for one of {string.Join(", ", FacilityPolicy.Audiences)}."),
        _ when From > today.AddYears(10) || From < today.AddYears(-50) => No("From is a day of these years."),
        _ => null,
    };

    private static FacilityRefusal No(string sentence) => FacilityRefusal.Invalid(sentence);
}
