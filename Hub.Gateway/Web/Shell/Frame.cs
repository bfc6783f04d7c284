using Hub.Gateway.Roster;
using Hub.Gateway.Web.Guard;
using Hub.Gateway.Words;

namespace Hub.Gateway.Web.Shell;

/// <summary>What every page knows besides its own subject: whose it is, in which language, and at what
/// moment.</summary>
/// <param name="T">The words.</param>
/// <param name="Times">The times, in the site's zone and at this page's moment.</param>
/// <param name="Visitor">Who it is for; null on the tour before a door is taken.</param>
/// <param name="Theme">light, dark, or empty for the system's own.</param>
/// <param name="Section">The navigation's current item.</param>
/// <param name="Here">This page's own path and query without <c>lang</c> and <c>theme</c>.</param>
/// <param name="FormField">The antiforgery field's name.</param>
/// <param name="FormToken">Its value.</param>
/// <param name="Speed">How many seconds of the building pass in one of ours; 1 outside the demo.</param>
/// <param name="IsDemo">Whether the building is simulated.</param>
public sealed record Frame(
    Texts T, Times Times, Visitor? Visitor, string Theme, string Section, string Here, string FormField,
    string FormToken, int Speed, bool IsDemo)
{
    public DateTimeOffset Now => Times.Now;

    /// <summary>The people of the roster by id: for the staff alone.</summary>
    public IReadOnlyDictionary<string, Person> Staff { get; init; } = new Dictionary<string, Person>();

    /// <summary>Somebody of the house as people say it: by name where the roster has one, else Butler 07.</summary>
    public string Person(string id)
    {
        if (Staff.TryGetValue(id, out var person))
        {
            return person.Name;
        }

        var dash = id.IndexOf('-', StringComparison.Ordinal);
        var role = dash < 0 ? id : id[..dash];
        var number = dash < 0 ? "" : id[(dash + 1)..];
        return !T.Has($"role.{role}") ? id
            : number.Length == 0 ? T.Of("role", role)
            : number.All(char.IsAsciiDigit) ? $"{T.Of("role", role)} {number}"
            : id;
    }

    /// <summary>This page in another language or theme.</summary>
    public string With(string name, string value) =>
        $"{Here}{(Here.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={value}";
}
