using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Gateway.WorkOrders;

/// <summary>
/// How orders and their events are written in hub.db. Unknown members are skipped, missing ones keep their default.
/// </summary>
internal static class OrderJson
{
    public static readonly JsonSerializerOptions Stored = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Write(WorkOrder order) => JsonSerializer.Serialize(order, Stored);

    public static string Write(OrderEvent happened) => JsonSerializer.Serialize(happened, Stored);

    public static WorkOrder ReadOrder(string json) => JsonSerializer.Deserialize<WorkOrder>(json, Stored)!;

    public static OrderEvent ReadEvent(string json) => JsonSerializer.Deserialize<OrderEvent>(json, Stored)!;
}
