namespace Hub.Gateway.Series;

/// <summary>What is wrong with a request, so that its sender can mend it.</summary>
/// <param name="Field">Which parameter.</param>
/// <param name="Value">What it was.</param>
/// <param name="Limit">What is allowed.</param>
/// <param name="Cure">What to send instead.</param>
public sealed record QueryFault(string Field, string? Value, string Limit, string Cure)
{
    public IResult ToProblem() => Results.Problem(
        statusCode: StatusCodes.Status400BadRequest,
        title: $"{Field}: {Limit}",
        detail: Cure,
        extensions: new Dictionary<string, object?>
        {
            ["field"] = Field,
            ["value"] = Value,
            ["limit"] = Limit,
            ["cure"] = Cure,
        });
}
