using System.Text.Json;

namespace Hub.Gateway.WorkOrders;

/// <summary>How members of a closed set are written in JSON and in addresses: <c>followedUp</c>, <c>c5</c>.</summary>
internal static class OrderWords
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A kind of refusal as a word: <c>already-accepted</c>.</summary>
    public static string Of(RefusalReason reason) => JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());
}
