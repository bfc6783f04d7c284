using Hub.Rules.Files;

namespace Hub.Gateway.Rulebook;

/// <summary>Why a pack was not put in force; whatever ran before goes on running.</summary>
/// <param name="Status">The HTTP status that says so: 404, 409 or 422.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Faults">What is wrong with its text, if that is the reason.</param>
public sealed record PackRefusal(int Status, string Sentence, IReadOnlyList<Fault> Faults)
{
    public static PackRefusal Conflict(string sentence) => new(StatusCodes.Status409Conflict, sentence, []);

    public static PackRefusal NotFound(string sentence) => new(StatusCodes.Status404NotFound, sentence, []);

    public static PackRefusal Faulty(IReadOnlyList<Fault> faults) => new(
        StatusCodes.Status422UnprocessableEntity, $"The pack has {faults.Count} faults.", faults);
}
